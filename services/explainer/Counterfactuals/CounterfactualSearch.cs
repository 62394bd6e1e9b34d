using Platform.Explainer.Attribution;

namespace Platform.Explainer.Counterfactuals;

/// <summary>
/// The nearest rows that the model answers as wanted, by changes that are allowed: single changes and reference rows are tried first, then rows near those
/// that were found; what is not needed is taken back from each, and of the ways that are left some that are unlike each other are chosen.
/// </summary>
/// <remarks>
/// A distance is the sum over the features of the change in median absolute deviations of the reference rows, 1 for a category; the model is
/// asked, its graph is not looked at, so that the nearest one of all is not certain. Every row that is returned was answered as wanted by the model, and no
/// single one of its changes can be taken back.
/// Sources: Wachter, Mittelstadt &amp; Russell, Counterfactual Explanations without Opening the Black Box, 2017 (the distance); Mothilal, Sharma &amp;
/// Tan, Explaining Machine Learning Classifiers through Diverse Counterfactual Explanations, 2020 (diversity, constraints, sparsity).
/// </remarks>
internal static class CounterfactualSearch
{
    /// <summary>The fewest evaluations for one feature that may change.</summary>
    private const long EvaluationsPerFeature = 20;

    private const int RowsAtOnce = 512;
    private const int MostParents = 48;
    private const int MostOfOneWay = 4;
    private const int MostStaleRounds = 5;

    /// <summary>The least budget that has a point.</summary>
    public static long MinimumBudget(CounterfactualTask task) => 1 + (EvaluationsPerFeature * task.Free.Length);

    /// <summary>At most <paramref name="count"/>, the nearest first; fewer, or none, where no more ways were found within the budget.</summary>
    public static IReadOnlyList<Candidate> Find(
        CounterfactualTask task, IReadOnlyList<double[]> references, int count, long seed, CancellationToken cancellationToken)
    {
        var shrinking = new Shrinking(task);
        var offspring = new Offspring(task, new SeededRandom(seed));
        // A third for the first look, a third for what is near to what was found; the rest is for taking back.
        var found = FirstLook(task, references, offspring, count, task.Budget / 3, cancellationToken);
        var ways = shrinking.Shrink(Nearest(task, found, count), cancellationToken);
        if (ways.Count > 0) found = LookNearby(task, ways, offspring, 2 * task.Budget / 3, cancellationToken);
        var all = shrinking.Shrink(Nearest(task, found, count), cancellationToken).Concat(ways).OrderBy(candidate => candidate.Distance)
            .DistinctBy(candidate => task.WayOf(candidate.Cells));
        return DiverseChoice.Of(task, [.. all], count);
    }

    /// <summary>Of each way the nearest, and of those the nearest few.</summary>
    private static List<Candidate> Nearest(CounterfactualTask task, IEnumerable<Candidate> found, int count) =>
        [.. found.OrderBy(candidate => candidate.Distance).DistinctBy(candidate => task.WayOf(candidate.Cells)).Take(4 + (4 * count))];

    private static List<Candidate> FirstLook(
        CounterfactualTask task, IReadOnlyList<double[]> references, Offspring offspring, int count, long until, CancellationToken cancellationToken)
    {
        var singles = task.Free.SelectMany(feature => task.Freedoms[feature].Probes().Select(value => CounterfactualTask.With(task.Row, feature, value)));
        var whole = references.Select(reference => task.Row.Select((_, feature) => task.Freedoms[feature].Fit(reference[feature])).ToArray());
        var mixed = Enumerable.Range(0, 4).SelectMany(_ => references).Select(reference => offspring.Of(reference));
        var (found, rows) = (new List<Candidate>(), singles.Take((int)Math.Max(1, until / 2)).Concat(whole).Concat(mixed));
        foreach (var chunk in rows.Where(row => task.Changed(row).Any()).Chunk(RowsAtOnce))
        {
            found = Nearest(task, found.Concat(task.Evaluate(chunk.Take((int)Math.Clamp(until - task.Evaluations, 0, RowsAtOnce)), cancellationToken)), count);
            if (task.Evaluations >= until) break;
        }

        // Where few rows are answered as wanted, chance may still find one.
        for (var round = 0; found.Count == 0 && round * RowsAtOnce < until && task.Evaluations < 2 * until; round++)
            found = Nearest(task, task.Evaluate(Enumerable.Range(0, RowsAtOnce).Select(_ => offspring.Anywhere()), cancellationToken), count);
        return found;
    }

    private static List<Candidate> LookNearby(
        CounterfactualTask task, IReadOnlyList<Candidate> ways, Offspring offspring, long until, CancellationToken cancellationToken)
    {
        var parents = ways.ToList();
        for (var stale = 0; stale < MostStaleRounds && task.Evaluations < until; stale++)
        {
            var size = (int)Math.Min(RowsAtOnce, until - task.Evaluations);
            var rows = Enumerable.Range(0, size).Select(_ => offspring.Of(parents)).Where(row => task.Changed(row).Any()).ToList();
            var nearest = parents[0].Distance;
            parents = [.. parents.Concat(task.Evaluate(rows, cancellationToken)).OrderBy(candidate => candidate.Distance)
                .DistinctBy(candidate => string.Join(' ', candidate.Cells)).GroupBy(candidate => task.WayOf(candidate.Cells)).SelectMany(way => way.Take(MostOfOneWay))
                .OrderBy(candidate => candidate.Distance).Take(MostParents)];
            if (parents[0].Distance < nearest) stale = -1;
        }

        return parents;
    }
}
