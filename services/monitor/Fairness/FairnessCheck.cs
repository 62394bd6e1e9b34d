using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Fairness;

/// <summary>Finds out how a window's decisions fall on the groups that the version's metadata name.</summary>
internal static class FairnessCheck
{
    /// <summary>Null where no row that belongs to a group was given a class.</summary>
    /// <param name="plan">The groups.</param>
    /// <param name="scheme">What labels mean to the version.</param>
    /// <param name="outcomes">The rows' predictions and what labels there are.</param>
    /// <param name="columns">The rows' groups, as <see cref="RowGroups.Columns"/> has them.</param>
    /// <param name="options">When a group counts as treated unfairly.</param>
    public static WindowFairness? Run(
        FairnessPlan plan, LabelScheme scheme, Outcomes outcomes, IReadOnlyList<byte[]> columns, FairnessOptions options)
    {
        var favourable = plan.Definition.FavourableClass is { } named ? scheme.ClassOf(named) : scheme.Positive;
        var tallies = plan.Sets.Select(set => set.Names.Select(_ => new GroupTally()).ToArray()).ToArray();
        var anyGroup = false;
        for (var row = 0; row < outcomes.Predictions.Count; row++)
        {
            if (outcomes.Predictions[row].Class is not { } decision)
                continue;
            var label = outcomes.Labels[row] is { } known ? known == favourable : (bool?)null;
            anyGroup |= Add(plan, columns, row, tallies, decision == favourable, label);
        }

        var terms = new FairnessTerms(
            options.Alpha, plan.Definition.MinSupport ?? options.MinRows, plan.Definition.Correction ?? options.Correction);
        return anyGroup
            ? WindowFairness.Of(PairOf(plan, outcomes, columns, favourable), plan, FairnessComparison.Run(plan.Sets, tallies, terms), terms)
            : null;
    }

    // The privileged and the unprivileged group by themselves; of no rows where the metadata do not name them.
    private static GroupFairness PairOf(FairnessPlan plan, Outcomes outcomes, IReadOnlyList<byte[]> columns, string favourable)
    {
        int[] rows = plan.HasPair
            ? [.. Enumerable.Range(0, outcomes.Predictions.Count).Where(row => columns[0][row] != RowGroups.None && outcomes.Predictions[row].Class is not null)]
            : [];
        return GroupFairness.Measure(
            Array.ConvertAll(rows, row => plan.Attributes[0].Names[columns[0][row]]),
            Array.ConvertAll(rows, row => outcomes.Predictions[row].Class == favourable),
            Array.ConvertAll(rows, row => outcomes.Labels[row] is { } label ? label == favourable : (bool?)null),
            FairnessGroups.Privileged, FairnessGroups.Unprivileged);
    }

    private static bool Add(FairnessPlan plan, IReadOnlyList<byte[]> columns, int row, GroupTally[][] tallies, bool isFavoured, bool? label)
    {
        var any = false;
        for (var set = 0; set < plan.Sets.Count; set++)
        {
            var place = plan.Sets[set].Place(attribute => columns[attribute][row] is var group and not RowGroups.None ? group : -1);
            if (place < 0)
                continue;
            tallies[set][place].Add(isFavoured, label);
            any = true;
        }

        return any;
    }
}
