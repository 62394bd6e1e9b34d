using Platform.Explainer.Attribution;
using Platform.Explainer.Decisions;
using Platform.Explainer.Games;
using Platform.Explainer.References;

namespace Platform.Explainer.Anchors;

/// <summary>
/// Draws rows under a rule and has the model decide: a reference row, in which each feature that breaks its predicate takes the value of a random reference
/// row that keeps it, or where there is none the explained row's own.
/// </summary>
internal sealed class RuleSampler
{
    private readonly IBatchModel _model;
    private readonly Decision _decision;
    private readonly int _place;
    private readonly IReadOnlyList<double[]> _references;
    private readonly IReadOnlyList<Predicate> _predicates;
    private readonly double[][] _keeping;
    private readonly SeededRandom _random;
    private readonly double _delta;
    private int _looked;

    /// <param name="model">Answers every number that decides.</param>
    /// <param name="decision">What its answers are taken for.</param>
    /// <param name="row">The explained row.</param>
    /// <param name="place">What it is taken for.</param>
    /// <param name="references">The reference rows.</param>
    /// <param name="predicates">What can be said of the row.</param>
    /// <param name="settings">Seed, budget and confidence.</param>
    public RuleSampler(
        IBatchModel model, Decision decision, double[] row, int place, IReadOnlyList<double[]> references, IReadOnlyList<Predicate> predicates, AnchorSettings settings)
    {
        (_model, _decision, _place, _references, _predicates) = (model, decision, place, references, predicates);
        (_random, _delta, Left) = (new SeededRandom(settings.Seed), 1 - settings.Confidence, settings.Budget - 1);
        _keeping = [.. predicates.Select(predicate => references.Select(reference => reference[predicate.Feature]).Where(predicate.Holds)
            .DefaultIfEmpty(row[predicate.Feature]).ToArray())];
    }

    /// <summary>Rows that the model may still answer.</summary>
    public long Left { get; private set; }

    /// <summary>Draws as many rows as each of the rules takes next, in runs of the model that they share; false where the budget does not reach.</summary>
    public bool TrySample(IReadOnlyList<Rule> rules, CancellationToken cancellationToken)
    {
        if (rules.Sum(rule => (long)rule.NextSample) > Left) return false;
        var hits = new Dictionary<Rule, int>(ReferenceEqualityComparer.Instance);
        foreach (var chunk in rules.SelectMany(rule => Enumerable.Repeat(rule, rule.NextSample)).Chunk(TabularGame.RowsPerChunk(_model.Features)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = ReferenceTable.Answer(_model, [.. chunk.Select(Draw)], cancellationToken);
            for (var i = 0; i < chunk.Length; i++)
            {
                var isAlike = _decision.Of(answers.AsSpan(i * _model.Outputs, _model.Outputs)) == _place;
                hits[chunk[i]] = hits.GetValueOrDefault(chunk[i]) + (isAlike ? 1 : 0);
            }

            Left -= chunk.Length;
        }

        foreach (var rule in rules)
        {
            if (rule.Number == 0) rule.Number = ++_looked;
            rule.Add(hits[rule], _delta);
        }

        return true;
    }

    private double[] Draw(Rule rule)
    {
        var row = _references[_random.Next(_references.Count)].ToArray();
        foreach (var predicate in rule.Predicates)
        {
            ref var cell = ref row[_predicates[predicate].Feature];
            if (!_predicates[predicate].Holds(cell)) cell = _keeping[predicate][_random.Next(_keeping[predicate].Length)];
        }

        return row;
    }
}
