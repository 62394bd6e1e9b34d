using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Two-sample Cramér-von Mises test with midranks for ties (Anderson 1962); the p-value comes from the limit distribution
/// at the statistic brought to the limit's mean and variance. Undefined for one value against one: it has no variance.
/// </summary>
internal sealed class CramerVonMises : ITwoSampleTest
{
    public string Id => "cramer_von_mises";

    public bool AppliesTo(FeaturePair pair) => pair.Kind == FeatureKind.Numerical;

    public TestOutcome Run(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var (n, m) = ((double)reference.Count, (double)current.Count);
        var (product, total) = (n * m, n + m);

        var statistic = Statistic(reference, current);
        var mean = (1 + 1 / total) / 6;
        var variance = (total + 1) * (4 * product * total - 3 * (n * n + m * m) - 2 * product) / (45 * total * total * 4 * product);
        if (!(variance > 0))
            return TestOutcome.Undefined;

        var limit = 1.0 / 6 + (statistic - mean) / Math.Sqrt(45 * variance);
        return new(statistic, CramerVonMisesDistribution.Upper(limit));
    }

    // T = U/(nmN) − (4nm − 1)/(6N) subtracts two large numbers, so all of it is done in whole numbers.
    private static double Statistic(NumericalSample reference, NumericalSample current)
    {
        Int128 n = reference.Count;
        Int128 m = current.Count;
        var (ofReference, ofCurrent) = SquaredRankGaps(reference, current);

        var fourTimesU = n * ofReference + m * ofCurrent;
        var numerator = 6 * fourTimesU - 4 * n * m * (4 * n * m - 1);
        return (double)numerator / (24.0 * (double)n * (double)m * (double)(n + m));
    }

    /// <summary>Four times Σ (pooled rank − own rank)² for either sample.</summary>
    private static (Int128 Reference, Int128 Current) SquaredRankGaps(NumericalSample reference, NumericalSample current)
    {
        var sums = (Reference: Int128.Zero, Current: Int128.Zero);
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            for (var rank = pooled.ReferenceBefore + 1L; rank <= pooled.ReferenceThrough; rank++)
                sums.Reference += Square(pooled.TwiceMidrank - 2 * rank);
            for (var rank = pooled.CurrentBefore + 1L; rank <= pooled.CurrentThrough; rank++)
                sums.Current += Square(pooled.TwiceMidrank - 2 * rank);
        }

        return sums;
    }

    private static long Square(long value) => value * value;
}
