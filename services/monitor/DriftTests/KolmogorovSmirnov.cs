using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Two-sample Kolmogorov-Smirnov test, two-sided: the largest gap between the two distribution functions.
/// The p-value is exact while n·m is at most 10,000, then the limit at √(nm/(n+m))·D. The effect size is D itself.
/// </summary>
internal sealed class KolmogorovSmirnov : ITwoSampleTest
{
    private const long MostForExact = 10_000;

    public string Id => "ks";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var (n, m) = ((long)reference.Count, (long)current.Count);
        var distance = LargestGap(reference, current);
        var statistic = distance / ((double)n * m);

        var pValue = n * m <= MostForExact
            ? KolmogorovDistribution.Exact((int)n, (int)m, distance)
            : KolmogorovDistribution.Limit(Math.Sqrt((double)n * m / (n + m)) * statistic);
        return new(statistic, pValue, statistic);
    }

    /// <summary>The largest |i·m − j·n| over the pooled values: whole numbers, so ties cannot be misjudged by rounding.</summary>
    private static long LargestGap(NumericalSample reference, NumericalSample current)
    {
        var (n, m) = ((long)reference.Count, (long)current.Count);
        var largest = 0L;
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
            largest = Math.Max(largest, Math.Abs(pooled.ReferenceThrough * m - pooled.CurrentThrough * n));
        return largest;
    }
}
