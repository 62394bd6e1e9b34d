using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Which test decides where nobody chose one. While the smaller sample has at most 1,000 values, chance is the main
/// suspect and a p-value decides; beyond that every triviality is significant, so the size of the change decides.
/// </summary>
internal static class DefaultTest
{
    private const long MostForPValue = 1_000;
    private const double FewestExpected = 5;

    /// <summary>The name of the test that suits the data, and in words why.</summary>
    public static (string Id, string Rule) For(FeaturePair pair)
    {
        if (Math.Min(pair.ReferenceCount, pair.CurrentCount) <= MostForPValue)
            return ByChance(pair);

        return IsContinuous(pair)
            ? ("wasserstein_normalised", "numerical, more than 5 distinct values, more than 1,000 rows in both samples: size of the shift")
            : ("js", "few distinct values or categorical, more than 1,000 rows in both samples: distance between the shares");
    }

    private static (string Id, string Rule) ByChance(FeaturePair pair)
    {
        if (IsContinuous(pair))
            return ("ks", "numerical, more than 5 distinct values, at most 1,000 rows in a sample: Kolmogorov-Smirnov");
        if (!Proportions.Fit(pair))
            return ("chi_square", "3 to 5 distinct values or categorical, at most 1,000 rows in a sample: two-sample chi-square");
        return SmallestExpected(pair) < FewestExpected
            ? ("fisher_exact", "two values, an expected count below 5: Fisher's exact test")
            : ("z", "two values, at most 1,000 rows in a sample: two-proportion z test");
    }

    private static bool IsContinuous(FeaturePair pair) =>
        pair.Kind == FeatureKind.Numerical && pair.DistinctCount > FeaturePair.MostDiscrete;

    private static double SmallestExpected(FeaturePair pair)
    {
        var p = Proportions.Of(pair);
        return Math.Min(p.Pooled, 1 - p.Pooled) * Math.Min(p.ReferenceTotal, p.CurrentTotal);
    }
}
