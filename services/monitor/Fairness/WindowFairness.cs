using Platform.Statistics.Metrics;

namespace Platform.Monitor.Fairness;

/// <summary>
/// How a window's decisions fall on groups. The measures at the top are those of the privileged and the unprivileged group by themselves, null
/// where the metadata do not name them; <see cref="FairnessReport.Unfair"/> and <see cref="FairnessReport.Rule"/> are about all groups. The
/// true positive rates come with labels.
/// </summary>
internal sealed record WindowFairness : FairnessReport
{
    /// <summary>
    /// Whether the unprivileged group is treated unfairly against the privileged one, allowing for all comparisons of the window; null where that
    /// is not known.
    /// </summary>
    public bool? PairUnfair { get; init; }

    /// <summary>How comparing several groups was allowed for.</summary>
    public FairnessCorrection? Correction { get; init; }

    /// <summary>What was compared, the privileged and the unprivileged group first: attributes, then intersections.</summary>
    public IReadOnlyList<ComparedSet> Attributes { get; init; } = [];

    /// <param name="pair">The privileged and the unprivileged group by themselves.</param>
    /// <param name="plan">The groups.</param>
    /// <param name="found">What was found of them.</param>
    /// <param name="terms">When a group counts as treated unfairly.</param>
    public static WindowFairness Of(GroupFairness pair, FairnessPlan plan, FairnessComparison found, FairnessTerms terms)
    {
        var sets = plan.Sets.Select((set, at) => ComparedSet.Of(set, found.Groups[at])).ToArray();
        var verdicts = sets.SelectMany(set => set.Groups).Select(group => group.Unfair).OfType<bool>().ToArray();
        var top = Of(pair, terms.Alpha, terms.MinRows);
        return new()
        {
            Unfair = verdicts.Length == 0 ? null : verdicts.Contains(true),
            PairUnfair = plan.HasPair ? sets[0].Groups.Single(group => group.Group == FairnessGroups.Unprivileged).Unfair : null,
            Rule = found.Tests > 1 ? RuleOf(found, terms) : top.Rule,
            Support = top.Support,
            PositiveRate = top.PositiveRate,
            DisparateImpact = top.DisparateImpact,
            StatisticalParityDifference = top.StatisticalParityDifference,
            EqualOpportunityDifference = top.EqualOpportunityDifference,
            AverageOddsDifference = top.AverageOddsDifference,
            ViolatesFourFifths = top.ViolatesFourFifths,
            PValue = top.PValue,
            PValueTest = top.PValueTest,
            Correction = new(terms.Correction, found.Tests, terms.Alpha),
            Attributes = sets,
        };
    }

    /// <summary>The groups that are treated unfairly, the worst off first.</summary>
    public (ComparedSet Set, GroupReport Group)[] Unfairly() =>
    [
        .. Attributes.SelectMany(set => set.Groups, (set, group) => (set, group))
            .Where(item => item.group.Unfair == true).OrderBy(item => item.group.DisparateImpact),
    ];

    private static string RuleOf(FairnessComparison found, FairnessTerms terms) =>
        FormattableString.Invariant($"unfair is a disparate impact below {GroupFairness.FourFifths} against the reference group with a p-value below {terms.Alpha}, ")
        + FormattableString.Invariant($"adjusted by {terms.Correction} over {found.Tests} comparisons (every pair of groups where the reference is the best-off one), ")
        + FormattableString.Invariant($"of at least {terms.MinRows} rows in either group");
}
