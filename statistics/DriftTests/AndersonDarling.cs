using MathNet.Numerics;
using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Anderson-Darling test for two samples with midranks for ties (Scholz and Stephens 1987, equation 7), standardised.
/// The p-value is interpolated in the published table, which spans 0.001 to 0.25: outside it stays at the nearer end. The table
/// holds without ties; with ties the p-value comes from the limit distribution of the tied values, over the whole range, and of few values
/// it is exact (<see cref="AllDeals"/>).
/// </summary>
public sealed class AndersonDarling : ITwoSampleTest, ITableStatistic
{
    private const int Fewest = 4;

    // Of the statistic without ties in large samples, 2/3·(π² − 9).
    private const double LimitVariance = 2.0 / 3 * (Math.PI * Math.PI - 9);

    private static readonly double[] Levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];

    // Table 2 of the paper for two samples: b0 + b1 + b2.
    private static readonly double[] Critical =
    [
        0.675 - 0.245 - 0.105, 1.281 + 0.25 - 0.305, 1.645 + 0.678 - 0.362, 1.96 + 1.149 - 0.391,
        2.326 + 1.822 - 0.396, 2.573 + 2.364 - 0.345, 3.085 + 3.615 - 0.154,
    ];

    private static readonly double[] LogLevel = Fit.Polynomial(Critical, Array.ConvertAll(Levels, level => Math.Log(level)), 2);

    public string Id => "anderson_darling";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (n, m) = ((int)pair.ReferenceCount, (int)pair.CurrentCount);
        if (n + m < Fewest)
            return TestOutcome.Undefined;

        var (reference, current) = pair.Numerical;
        var (raw, hasTies, ties) = Raw(reference, current);
        var effect = MeanGap.Of(reference, current);
        var statistic = (raw - 1) / Math.Sqrt(Variance(n, m));
        if (!hasTies)
            return new(statistic, PValue(statistic), effect);

        if (AllDeals.PValue(reference, current, this) is { } exact)
            return new(statistic, exact, effect);

        // Equal distributions are as near as any: nothing is smaller than 0.
        var spread = Math.Sqrt(ties.Variance / LimitVariance);
        return new(statistic, raw <= 0 ? 1 : ties.Upper(statistic / spread), effect);
    }

    /// <summary>The statistic before it is standardised, but for a factor.</summary>
    public double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows)
    {
        var all = 0L;
        foreach (var tied in totals)
            all += tied;

        var (sum, pooled, own) = (0.0, 0L, 0L);
        for (var at = 0; at < totals.Length; at++)
        {
            var rank = pooled + totals[at] / 2.0;
            var spread = rank * (all - rank) - all * (totals[at] / 4.0);
            var gap = all * (own + counts[at] / 2.0) - rank * rows;
            sum += spread > 0 ? totals[at] * gap * gap / spread : 0;
            pooled += totals[at];
            own += counts[at];
        }

        return sum;
    }

    /// <summary>The statistic before it is standardised, 0 for equal distributions, and its limit distribution given the ties.</summary>
    private static (double Raw, bool HasTies, BridgeForm Ties) Raw(NumericalSample reference, NumericalSample current)
    {
        var (n, m) = ((double)reference.Count, (double)current.Count);
        var total = n + m;
        var (ofReference, ofCurrent, distinct, ties) = (0.0, 0.0, 0L, new BridgeForm());
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            distinct++;
            var rank = pooled.Before + pooled.Ties / 2.0;
            var spread = rank * (total - rank) - total * pooled.Ties / 4;
            if (spread <= 0) // all values are the same
                break;

            var weight = pooled.Ties / total / spread;
            ties.Add(weight, rank, total - rank, spread);
            var referenceRank = (pooled.ReferenceBefore + pooled.ReferenceThrough) / 2.0;
            var currentRank = (pooled.CurrentBefore + pooled.CurrentThrough) / 2.0;
            ofReference += weight * Math.Pow(total * referenceRank - rank * n, 2);
            ofCurrent += weight * Math.Pow(total * currentRank - rank * m, 2);
        }

        return ((ofReference / n + ofCurrent / m) * (total - 1) / total, distinct < total, ties);
    }

    /// <summary>The variance of the statistic under no difference, equation 4 of the paper for two samples.</summary>
    private static double Variance(int n, int m)
    {
        var total = (double)n + m;
        var inverses = 1.0 / n + 1.0 / m;
        var (h, g) = HarmonicSums(n + m);
        var a = 4 * g - 6 + (10 - 6 * g) * inverses;
        var b = 4 * (2 * g - 4) + 16 * h + (2 * g - 14 * h - 4) * inverses - 8 * h + 4 * g - 6;
        var c = 4 * (6 * h + 2 * g - 2) + 2 * (4 * h - 4 * g + 6) + (2 * h - 6) * inverses + 4 * h;
        var d = 4 * (2 * h + 6) - 8 * h;
        var cubic = ((a * total + b) * total + c) * total + d;
        return cubic / ((total - 1) * (total - 2) * (total - 3));
    }

    private static (double H, double G) HarmonicSums(int total)
    {
        var (h, g) = (0.0, 0.0);
        for (var i = 2; i < total; i++)
        {
            h += 1.0 / (total + 1 - i);
            g += h / i;
        }

        return (h + 1, g);
    }

    private static double PValue(double statistic)
    {
        if (statistic < Critical[0])
            return Levels[0];
        return statistic > Critical[^1] ? Levels[^1] : Math.Exp(Polynomial.Evaluate(statistic, LogLevel));
    }
}
