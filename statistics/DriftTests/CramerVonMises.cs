using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Two-sample Cramér-von Mises test: T = nm/(n+m)²·Σ (F − G)² over the pooled values (Anderson 1962, equation 2). His rank formula
/// is the same without ties only; with ties of samples of unequal size it is large even where F and G are equal. The
/// p-value comes from the limit distribution at the statistic brought to the limit's mean and variance, which under ties are those
/// of the tied values; of few distinct values, from their own limit; of few values it is exact (<see cref="AllDeals"/>). Undefined for one value against one: it has no variance.
/// </summary>
public sealed class CramerVonMises : ITwoSampleTest, ITableStatistic
{
    private const double LimitVariance = 1.0 / 45;

    // Halfway between the limit's, 2.556, and that of two values, √8: nearer to the former its form is the limit's own.
    private const double LimitSkewness = 2.69;

    public string Id => "cramer_von_mises";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var (n, m) = ((double)reference.Count, (double)current.Count);
        var (product, total) = (n * m, n + m);
        var variance = (total + 1) * (4 * product * total - 3 * (n * n + m * m) - 2 * product) / (45 * total * total * 4 * product);
        if (!(variance > 0))
            return TestOutcome.Undefined;

        var found = Statistic(reference, current);
        var effect = Math.Sqrt(found.Statistic * total / product); // MeanGap, which the statistic holds already
        if (AllDeals.PValue(reference, current, this) is { } exact)
            return new(found.Statistic, exact, effect);

        var deviations = (found.Statistic - found.Mean) / Math.Sqrt(variance);
        if (!found.HasTies)
            return new(found.Statistic, CramerVonMisesDistribution.Upper(1.0 / 6 + deviations * Math.Sqrt(LimitVariance)), effect);

        // Equal distributions are as near as any: nothing is smaller than 0.
        deviations /= Math.Sqrt(found.Ties.Variance / LimitVariance);
        return new(found.Statistic, found.Statistic == 0 ? 1 : OfTies(found.Ties, deviations), effect);
    }

    /// <summary>T.</summary>
    public double Of(ReadOnlySpan<long> totals, ReadOnlySpan<long> counts, long rows)
    {
        var all = 0L;
        foreach (var total in totals)
            all += total;

        var (squares, before, through) = (0.0, 0L, 0L);
        for (var at = 0; at < totals.Length; at++)
        {
            through += totals[at];
            before += counts[at];
            var gap = (double)(before * all - through * rows); // n(n + m)·(F − H), m/(n + m) of which is F − G
            squares += totals[at] * gap * gap;
        }

        return squares / ((double)rows * (all - rows) * all * all);
    }

    private static double OfTies(BridgeForm ties, double deviations) => ties.Skewness < LimitSkewness
        ? CramerVonMisesDistribution.Upper(1.0 / 6 + deviations * Math.Sqrt(LimitVariance))
        : ties.Upper(deviations);

    /// <summary>T, its mean over all ways to deal the pooled values to the samples, and its limit distribution given the ties.</summary>
    private static (double Statistic, double Mean, bool HasTies, BridgeForm Ties) Statistic(NumericalSample reference, NumericalSample current)
    {
        long n = reference.Count;
        long m = current.Count;
        double total = n + m;
        var (squares, distinct, mean, ties) = (Int128.Zero, 0L, 0.0, new BridgeForm());
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            Int128 gap = pooled.ReferenceThrough * m - pooled.CurrentThrough * n; // nm·(F − G), whole, so that equal shares are 0
            squares += pooled.Ties * gap * gap;
            distinct++;

            var share = (pooled.Before + pooled.Ties) / total;
            mean += pooled.Ties / total * share * (1 - share);
            ties.Add(pooled.Ties / total, share, 1 - share, share * (1 - share));
        }

        return ((double)squares / ((double)n * m * total * total), mean * total / (total - 1), distinct < n + m, ties);
    }
}
