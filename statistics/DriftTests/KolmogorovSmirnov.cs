using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Two-sample Kolmogorov-Smirnov test, two-sided: the largest gap between the two distribution functions.
/// The p-value is exact while n·m is at most 10,000, then the limit at √(nm/(n+m))·D; where values are tied it is that of the
/// tied values, not the limit, which ties make too large. A tie in a hundred of many values makes no difference to the limit. The effect
/// size is D itself.
/// </summary>
public sealed class KolmogorovSmirnov : ITwoSampleTest
{
    private const long MostForExact = 10_000;
    private const double FewTies = 0.01;

    public string Id => "ks";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var (n, m) = (reference.Count, current.Count);
        var (distance, distinct) = LargestGap(reference, current);
        var statistic = distance / ((double)n * m);
        var pValue = AreTied(n, m, distinct)
            ? TiedKolmogorov.Upper(n, m, distance, Ends(reference, current, distinct))
            : Untied(n, m, distance);
        return new(statistic, pValue, statistic);
    }

    private static bool AreTied(long n, long m, int distinct) =>
        distinct < (n * m <= MostForExact ? n + m : (1 - FewTies) * (n + m));

    private static double Untied(int n, int m, long distance) => (long)n * m <= MostForExact
        ? KolmogorovDistribution.Exact(n, m, distance)
        : KolmogorovDistribution.Limit(Math.Sqrt((double)n * m / ((long)n + m)) * distance / ((double)n * m));

    /// <summary>
    /// The largest |i·m − j·n| over the pooled values, in whole numbers, so that ties cannot be misjudged by rounding, and how
    /// many distinct values there are.
    /// </summary>
    private static (long Distance, int Distinct) LargestGap(NumericalSample reference, NumericalSample current)
    {
        var (n, m) = ((long)reference.Count, (long)current.Count);
        var (largest, distinct) = (0L, 0);
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            largest = Math.Max(largest, Math.Abs(pooled.ReferenceThrough * m - pooled.CurrentThrough * n));
            distinct++;
        }

        return (largest, distinct);
    }

    /// <summary>How many pooled values lie at or before each distinct one.</summary>
    private static int[] Ends(NumericalSample reference, NumericalSample current, int distinct)
    {
        var ends = new int[distinct];
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        for (var at = 0; pooled.MoveNext(); at++)
            ends[at] = pooled.ReferenceThrough + pooled.CurrentThrough;
        return ends;
    }
}
