using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// The effect size of tests on whole distribution functions: the root mean square of F − G over the pooled values, 0 to 0.58. It is at most
/// Kolmogorov and Smirnov's D, and on the same scale; the number of rows plays no part.
/// </summary>
public static class MeanGap
{
    public static double Of(NumericalSample reference, NumericalSample current)
    {
        long n = reference.Count;
        long m = current.Count;
        var squares = Int128.Zero;
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            Int128 gap = pooled.ReferenceThrough * m - pooled.CurrentThrough * n;
            squares += pooled.Ties * gap * gap;
        }

        return Math.Sqrt((double)squares / (n + m)) / ((double)n * m);
    }
}
