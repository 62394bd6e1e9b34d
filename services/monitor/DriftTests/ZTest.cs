using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Two-proportion z test with pooled variance, two-sided, for features of two values; positive where the later value (in
/// order) is more frequent in the reference. The effect size is the difference of the proportions, current less reference.
/// </summary>
internal sealed class ZTest : ITwoSampleTest
{
    public string Id => "z";

    public bool AppliesTo(FeaturePair pair) => Proportions.Fit(pair);

    public TestOutcome Run(FeaturePair pair) => Compare(Proportions.Of(pair));

    /// <summary>The same for proportions that are already counted.</summary>
    public static TestOutcome Compare(Proportions proportions)
    {
        var pooled = proportions.Pooled;
        var variance = pooled * (1 - pooled) * (1.0 / proportions.ReferenceTotal + 1.0 / proportions.CurrentTotal);
        if (variance == 0)
            return new(0, 1, 0);

        var difference = proportions.Current - proportions.Reference;
        var z = -difference / Math.Sqrt(variance);
        return new(z, Tail.Normal(z), difference);
    }
}
