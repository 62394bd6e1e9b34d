using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Mann-Whitney U test, two-sided: exact of few values (<see cref="AllDeals"/>), else by the normal limit with correction for ties and
/// continuity. The statistic is U of the
/// reference; the effect size is the rank-biserial correlation, −1 to 1, positive where the current values are larger.
/// </summary>
public sealed class MannWhitney : ITwoSampleTest, ITableStatistic
{
    public string Id => "mann_whitney";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var (n, m) = ((double)reference.Count, (double)current.Count);
        var (twiceRankSum, ties) = Ranks(reference, current);

        var u = twiceRankSum / 2 - n * (n + 1) / 2;
        return new(u, AllDeals.PValue(reference, current, this) ?? PValue(u, n, m, ties), 1 - 2 * u / (n * m));
    }

    /// <summary>How far twice U is from its mean, n·m.</summary>
    public double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows)
    {
        var (twiceRankSum, before) = (0.0, 0L);
        for (var at = 0; at < totals.Length; at++)
        {
            twiceRankSum += (double)counts[at] * (2 * before + totals[at] + 1);
            before += totals[at];
        }

        return Math.Abs(twiceRankSum - (double)rows * (before + 1));
    }

    private static double PValue(double u, double n, double m, double ties)
    {
        var total = n + m;
        var deviation = Math.Sqrt(n * m / 12 * (total + 1 - ties / (total * (total - 1))));
        if (!(deviation > 0))
            return 1;

        var z = (Math.Max(u, n * m - u) - n * m / 2 - 0.5) / deviation;
        return z < 0 ? 1 : Tail.Normal(z);
    }

    private static (double TwiceRankSum, double Ties) Ranks(NumericalSample reference, NumericalSample current)
    {
        var (rankSum, ties) = (0.0, 0.0);
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            rankSum += (double)pooled.ReferenceTies * pooled.TwiceMidrank;
            var tied = (double)pooled.Ties;
            ties += tied * tied * tied - tied;
        }

        return (rankSum, ties);
    }
}
