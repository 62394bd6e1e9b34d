using Platform.Statistics.Samples;

namespace Platform.Statistics.Metrics;

/// <summary>
/// Compares the groups of several sets at once by the four-fifths rule with its significance (29 CFR 1607.4). Within a set every group is
/// compared with the reference group, or with the one whose rate is highest. The p-values of all sets are one family for the correction. Where
/// the data choose the reference group, all pairs of the set belong to the family: whichever pair is looked at, the promise of the
/// correction holds.
/// </summary>
public sealed class FairnessComparison
{
    private FairnessComparison(IReadOnlyList<IReadOnlyList<ComparedGroup>> groups, int tests) => (Groups, Tests) = (groups, tests);

    /// <summary>Group for group, set after set.</summary>
    public IReadOnlyList<IReadOnlyList<ComparedGroup>> Groups { get; }

    /// <summary>The p-values that were adjusted together.</summary>
    public int Tests { get; }

    /// <param name="sets">What is compared.</param>
    /// <param name="tallies">Group for group, set after set.</param>
    /// <param name="terms">When it is unfair.</param>
    public static FairnessComparison Run(IReadOnlyList<GroupSet> sets, IReadOnlyList<GroupTally[]> tallies, FairnessTerms terms)
    {
        var references = sets.Select((set, at) => ReferenceOf(set, tallies[at], terms.MinRows)).ToArray();
        var pairs = sets.SelectMany((set, at) => Pairs(at, set, tallies[at], references[at], terms.MinRows)).ToArray();
        var outcomes = Array.ConvertAll(pairs, pair => GroupFairness.Compare(tallies[pair.Set][pair.One], tallies[pair.Set][pair.Other]));
        var adjusted = Correction.Adjust(terms.Correction, Array.ConvertAll(outcomes, outcome => outcome.PValue));
        var found = pairs.Select((pair, at) => (pair, at)).ToDictionary(item => item.pair, item => (outcomes[item.at], adjusted[item.at]));
        return new(
            [.. sets.Select((set, at) => Describe(at, set, tallies[at], references[at], found, terms))],
            adjusted.Count(p => !double.IsNaN(p)));
    }

    private static int? ReferenceOf(GroupSet set, GroupTally[] tallies, int minRows)
    {
        if (set.Reference is { } named)
            return tallies[named].Rows >= minRows ? named : null;
        var judged = Enumerable.Range(0, tallies.Length).Where(group => tallies[group].Rows >= minRows).ToArray();
        return judged.Length == 0 ? null : judged.MaxBy(group => tallies[group].Rate);
    }

    private static IEnumerable<Pair> Pairs(int at, GroupSet set, GroupTally[] tallies, int? reference, int minRows)
    {
        if (reference is not { } best)
            return [];
        var judged = Enumerable.Range(0, tallies.Length).Where(group => tallies[group].Rows >= minRows).ToArray();
        return set.Reference is not null
            ? judged.Where(group => group != best).Select(group => Pair.Of(at, best, group))
            : judged.SelectMany(one => judged.Where(other => other > one), (one, other) => Pair.Of(at, one, other));
    }

    private static ComparedGroup[] Describe(
        int at, GroupSet set, GroupTally[] tallies, int? reference, Dictionary<Pair, ((string Test, double PValue), double)> found, FairnessTerms terms) =>
        [.. tallies.Select((tally, group) =>
        {
            var role = tally.Rows < terms.MinRows ? GroupRole.TooFew
                : reference is null ? GroupRole.Alone : group == reference ? GroupRole.Reference : GroupRole.Compared;
            var described = new ComparedGroup(set.Names[group], tally, role);
            return role == GroupRole.Compared
                ? Compare(described, tallies[reference!.Value], found[Pair.Of(at, reference.Value, group)], terms.Alpha)
                : described;
        })];

    private static ComparedGroup Compare(ComparedGroup group, GroupTally best, ((string Test, double PValue) Outcome, double Adjusted) found, double alpha)
    {
        var impact = group.Tally.Rate / best.Rate;
        var opportunity = group.Tally.TruePositiveRate - best.TruePositiveRate;
        return group with
        {
            DisparateImpact = impact,
            Difference = group.Tally.Rate - best.Rate,
            PValue = found.Outcome.PValue,
            PValueTest = found.Outcome.Test,
            AdjustedPValue = found.Adjusted,
            EqualOpportunityDifference = opportunity,
            AverageOddsDifference = (opportunity + group.Tally.FalsePositiveRate - best.FalsePositiveRate) / 2,
            IsUnfair = double.IsFinite(impact) ? impact < GroupFairness.FourFifths && found.Adjusted < alpha : null,
        };
    }

    private readonly record struct Pair(int Set, int One, int Other)
    {
        public static Pair Of(int set, int one, int other) => new(set, Math.Min(one, other), Math.Max(one, other));
    }
}
