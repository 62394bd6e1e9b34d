using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Two-sample Kolmogorov-Smirnov test, two-sided: the largest gap between the two distribution functions.
/// The p-value is exact while n·m is at most 10,000, then the limit at √(nm/(n+m))·D; where values are tied it is that of the
/// tied values, not the limit, which ties make too large. The effect size is D itself.
/// </summary>
internal sealed class KolmogorovSmirnov : ITwoSampleTest
{
    private const long MostForExact = 10_000;

    public string Id => "ks";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var (n, m) = (reference.Count, current.Count);
        var (distance, ends) = LargestGap(reference, current);
        var statistic = distance / ((double)n * m);
        return new(statistic, PValue(n, m, distance, ends), statistic);
    }

    private static double PValue(int n, int m, long distance, ReadOnlySpan<int> ends)
    {
        if (ends.Length < (long)n + m)
            return TiedKolmogorov.Upper(n, m, distance, ends);
        return (long)n * m <= MostForExact
            ? KolmogorovDistribution.Exact(n, m, distance)
            : KolmogorovDistribution.Limit(Math.Sqrt((double)n * m / (n + m)) * distance / ((double)n * m));
    }

    /// <summary>
    /// The largest |i·m − j·n| over the pooled values, in whole numbers, so that ties cannot be misjudged by rounding, and how
    /// many pooled values lie at or before each distinct one.
    /// </summary>
    private static (long Distance, int[] Ends) LargestGap(NumericalSample reference, NumericalSample current)
    {
        var (n, m) = ((long)reference.Count, (long)current.Count);
        var largest = 0L;
        var ends = new List<int>();
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            largest = Math.Max(largest, Math.Abs(pooled.ReferenceThrough * m - pooled.CurrentThrough * n));
            ends.Add(pooled.ReferenceThrough + pooled.CurrentThrough);
        }

        return (largest, [.. ends]);
    }
}
