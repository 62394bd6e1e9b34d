using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>The area between two empirical distribution functions, and that of its square.</summary>
public static class DistributionGap
{
    // Keeps a constant reference from dividing by zero.
    private const double SmallestScale = 0.001;

    /// <summary>∫|F − G| and ∫(F − G)² over the values of both samples, in units of the feature.</summary>
    public static (double Absolute, double Squared) Integrate(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var (absolute, squared, gap, previous) = (0.0, 0.0, 0.0, 0.0);
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            var width = gap == 0 ? 0 : pooled.Value - previous;
            absolute += Math.Abs(gap) * width;
            squared += gap * gap * width;
            gap = pooled.ReferenceThrough / (double)reference.Count - pooled.CurrentThrough / (double)current.Count;
            previous = pooled.Value;
        }

        return (absolute, squared);
    }

    /// <summary>
    /// About what chance makes of both: at every value the two distribution functions of samples that do not differ are apart by a
    /// normal variable of variance F(1 − F)·(1/n + 1/m).
    /// </summary>
    public static (double Absolute, double Squared) ByChance(FeaturePair pair)
    {
        var (reference, current) = pair.Numerical;
        var total = (double)reference.Count + current.Count;
        var inverses = 1.0 / reference.Count + 1.0 / current.Count;
        var (absolute, squared, variance, previous) = (0.0, 0.0, 0.0, 0.0);
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            var width = variance == 0 ? 0 : pooled.Value - previous;
            absolute += Math.Sqrt(2 / Math.PI * variance) * width;
            squared += variance * width;
            var share = (pooled.Before + pooled.Ties) / total;
            variance = share * (1 - share) * inverses;
            previous = pooled.Value;
        }

        return (absolute, squared);
    }

    /// <summary>The unit in which a shift is judged: the population standard deviation of the reference, at least 0.001.</summary>
    public static double Scale(FeaturePair pair) => Math.Max(pair.Numerical.Reference.PopulationDeviation, SmallestScale);
}
