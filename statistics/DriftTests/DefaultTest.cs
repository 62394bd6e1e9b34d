using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Which test decides where nobody chose one: always one with a p-value, whose rate of false alarms is known for every number of rows
/// and categories. A distance held against a constant has none: among many categories chance alone exceeds any constant.
/// </summary>
public static class DefaultTest
{
    /// <summary>The name of the test that suits the data, and in words why.</summary>
    public static (string Id, string Rule) For(FeaturePair pair)
    {
        if (pair.Kind == FeatureKind.Numerical && pair.DistinctCount > FeaturePair.MostDiscrete)
            return ("ks", "numerical, more than 5 distinct values: Kolmogorov-Smirnov");
        if (!Proportions.Fit(pair))
            return ("chi_square", "3 to 5 distinct values or categorical: two-sample chi-square");
        return SmallCounts.In(pair.Table)
            ? ("fisher_exact", "two values, an expected count below 10: Fisher's exact test")
            : ("z", "two values: two-proportion z test");
    }
}
