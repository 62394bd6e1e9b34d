using Platform.Statistics.DriftTests;

namespace Platform.Statistics.Metrics;

/// <summary>How a decision falls on two groups. Every measure that the data leave undefined is NaN.</summary>
/// <param name="PositiveRates">Share of favourable decisions by group, every group that occurs.</param>
/// <param name="DisparateImpact">Rate of the unprivileged group over that of the privileged one.</param>
/// <param name="StatisticalParityDifference">Rate of the unprivileged group less that of the privileged one.</param>
/// <param name="EqualOpportunityDifference">The same for the true positive rates.</param>
/// <param name="AverageOddsDifference">Mean of that and the same for the false positive rates.</param>
/// <param name="PValue">Of the difference of the rates, two-sided: Fisher's exact test with few rows, else the z test.</param>
/// <param name="PValueTest">Which of them it was, <c>fisher_exact</c> or <c>z</c>.</param>
/// <param name="Support">Rows by group, every group that occurs.</param>
/// <param name="FewestRows">Rows of the smaller one of the two groups that are compared.</param>
public sealed record GroupFairness(
    IReadOnlyDictionary<string, double> PositiveRates,
    double DisparateImpact,
    double StatisticalParityDifference,
    double EqualOpportunityDifference,
    double AverageOddsDifference,
    double PValue,
    string PValueTest,
    IReadOnlyDictionary<string, long> Support,
    long FewestRows)
{
    /// <summary>Selection rates below this ratio are evidence of adverse impact (US Uniform Guidelines on Employee Selection, 29 CFR 1607.4).</summary>
    public const double FourFifths = 0.8;

    private const double FewestExpected = 5;

    /// <summary>Whether the unprivileged group gets less than four fifths of the rate of the privileged one; null without a ratio.</summary>
    public bool? ViolatesFourFifths => double.IsFinite(DisparateImpact) ? DisparateImpact < FourFifths : null;

    /// <summary>Whether it does by more than chance; null without a ratio, and with fewer rows of either group than are needed.</summary>
    public bool? IsUnfair(double alpha, int minRows) =>
        FewestRows < minRows || ViolatesFourFifths is not { } violates ? null : violates && PValue < alpha;

    /// <param name="groups">The group of each row.</param>
    /// <param name="decisions">Whether the decision was favourable; as many.</param>
    /// <param name="labels">Whether the outcome was truly favourable; as many, null where it is not known.</param>
    /// <param name="privileged">The group that is measured against.</param>
    /// <param name="unprivileged">The group that is measured.</param>
    public static GroupFairness Measure(
        ReadOnlySpan<string> groups, ReadOnlySpan<bool> decisions, ReadOnlySpan<bool?> labels, string privileged, string unprivileged)
    {
        var tallies = Tally(groups, decisions, labels);
        var high = tallies.GetValueOrDefault(privileged) ?? new();
        var low = tallies.GetValueOrDefault(unprivileged) ?? new();
        var (test, pValue) = Compare(high, low);
        return new(
            tallies.ToDictionary(group => group.Key, group => group.Value.Rate, StringComparer.Ordinal),
            low.Rate / high.Rate,
            low.Rate - high.Rate,
            low.TruePositiveRate - high.TruePositiveRate,
            (low.TruePositiveRate - high.TruePositiveRate + low.FalsePositiveRate - high.FalsePositiveRate) / 2,
            pValue,
            test,
            tallies.ToDictionary(group => group.Key, group => group.Value.Rows, StringComparer.Ordinal),
            Math.Min(high.Rows, low.Rows));
    }

    private static SortedDictionary<string, GroupTally> Tally(
        ReadOnlySpan<string> groups, ReadOnlySpan<bool> decisions, ReadOnlySpan<bool?> labels)
    {
        var tallies = new SortedDictionary<string, GroupTally>(StringComparer.Ordinal);
        for (var row = 0; row < groups.Length; row++)
        {
            if (!tallies.TryGetValue(groups[row], out var tally))
                tallies[groups[row]] = tally = new();
            tally.Add(decisions[row], labels[row]);
        }

        return tallies;
    }

    /// <summary>The test of two groups' rates.</summary>
    internal static (string Test, double PValue) Compare(GroupTally high, GroupTally low)
    {
        var rates = new Proportions(high.Favoured, high.Rows, low.Favoured, low.Rows);
        if (rates.ReferenceTotal == 0 || rates.CurrentTotal == 0)
            return ("z", double.NaN);

        var expected = Math.Min(rates.Pooled, 1 - rates.Pooled) * Math.Min(rates.ReferenceTotal, rates.CurrentTotal);
        return expected < FewestExpected
            ? ("fisher_exact", FisherExact.Compare(rates).PValue)
            : ("z", ZTest.Compare(rates).PValue);
    }
}
