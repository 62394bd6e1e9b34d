namespace Platform.Explainer.Anchors;

/// <summary>
/// The rule that says most with confidence: predicates of the explained row under which the model nearly always decides as it does for the row, and of those
/// with the wanted precision the one that covers most reference rows. Rules grow predicate by predicate; KL-LUCB finds the most precise ones of each length
/// with few rows, and those are sampled until their bounds tell.
/// </summary>
/// <remarks>
/// The bounds hold for all rules at all times together with the confidence asked for: a union bound over the rules and over the numbers of rows at which each
/// is looked at, in place of the exploration rate of the paper. Precision is over rows that <see cref="RuleSampler"/> draws, coverage over the reference rows.
/// Sources: Ribeiro, Singh &amp; Guestrin, Anchors: High-Precision Model-Agnostic Explanations, 2018; Kaufmann &amp; Kalyanakrishnan 2013 (KL-LUCB).
/// </remarks>
internal sealed class AnchorSearch(RuleSampler sampler, IReadOnlyList<Predicate> predicates, IReadOnlyList<double[]> references, AnchorSettings settings)
{
    /// <summary>The fewest rows for a rule.</summary>
    private const long RowsEach = 32;

    // Rules are told apart no finer than this.
    private const double Tolerance = 0.1;

    private readonly List<Rule> _looked = [];

    /// <summary>The least budget that has a point: a first look at the empty rule and at each predicate.</summary>
    public static long MinimumBudget(int predicates) => 1 + (RowsEach * (1 + predicates));

    /// <summary>The widest rule that is precise enough; where none was found within the budget, the one whose bound is highest.</summary>
    public Rule Find(CancellationToken cancellationToken)
    {
        var empty = New([]);
        if (!TryLook([empty], cancellationToken)) throw new InvalidOperationException("A budget below the least one was not refused.");
        // Each predicate is looked at once, whatever the empty rule takes.
        Decide([empty], RowsEach * predicates.Count, cancellationToken);
        Rule? best = IsReached(empty) ? empty : null;
        var beam = new List<Rule> { empty };
        for (var length = 1; best != empty && length <= predicates.Count; length++)
        {
            var grown = Grow(beam, best).ToList();
            if (grown.Count == 0 || !TryLook(grown, cancellationToken)) break;
            beam = Select(grown, cancellationToken);
            Decide(beam, reserved: 0, cancellationToken);
            best = beam.Where(IsReached).Append(best).OfType<Rule>().OrderByDescending(rule => rule.Coverage).ThenByDescending(rule => rule.Low).FirstOrDefault();
        }

        return best ?? _looked.MaxBy(rule => rule.Low)!;
    }

    /// <summary>The first look at rules.</summary>
    private bool TryLook(List<Rule> rules, CancellationToken cancellationToken)
    {
        if (!sampler.TrySample(rules, cancellationToken)) return false;
        _looked.AddRange(rules);
        return true;
    }

    public bool IsReached(Rule rule) => rule.Low >= settings.Precision;

    private Rule New(int[] chosen)
    {
        var covered = references.Count(row => Array.TrueForAll(chosen, at => predicates[at].Holds(row[predicates[at].Feature])));
        return new Rule(chosen, (double)covered / references.Count);
    }

    /// <summary>The rules with one predicate more, of those only that cover more than the best one so far.</summary>
    private IEnumerable<Rule> Grow(List<Rule> beam, Rule? best) => beam
        .SelectMany(rule => Enumerable.Range(0, predicates.Count).Except(rule.Predicates).Select(added => rule.Predicates.Append(added).Order().ToArray()))
        .DistinctBy(chosen => string.Join(' ', chosen)).Select(New).Where(rule => best is null || rule.Coverage > best.Coverage);

    /// <summary>KL-LUCB: looks again at the least of the best and at the most promising of the others, until they are as good as told apart.</summary>
    private List<Rule> Select(List<Rule> rules, CancellationToken cancellationToken)
    {
        var stop = sampler.Left / 2;
        while (true)
        {
            var ordered = rules.OrderByDescending(rule => rule.Precision).ThenByDescending(rule => rule.Coverage).ToList();
            var (chosen, others) = (ordered[..Math.Min(settings.BeamWidth, ordered.Count)], ordered[Math.Min(settings.BeamWidth, ordered.Count)..]);
            if (others.Count == 0) return chosen;
            var (least, rival) = (chosen.MinBy(rule => rule.Low)!, others.MaxBy(rule => rule.High)!);
            if (rival.High - least.Low < Tolerance || sampler.Left <= stop || !sampler.TrySample([least, rival], cancellationToken)) return chosen;
        }
    }

    /// <summary>Looks again at those whose bounds do not tell yet, each with a part of what is left and not reserved at most.</summary>
    private void Decide(List<Rule> rules, long reserved, CancellationToken cancellationToken)
    {
        var most = (sampler.Left - reserved) / (2 * rules.Count);
        while (rules.Where(rule => rule.Low < settings.Precision && rule.High >= settings.Precision && rule.Samples + rule.NextSample <= most).ToList() is { Count: > 0 } open)
        {
            if (!sampler.TrySample(open, cancellationToken)) return;
        }
    }
}
