namespace Platform.Statistics.DriftTests;

/// <summary>What a test found; NaN where the data leave a value undefined.</summary>
/// <param name="Statistic">The test's statistic or the distance.</param>
/// <param name="PValue">The two-sided p-value; NaN for a distance.</param>
/// <param name="EffectSize">How large the difference is, whatever the number of rows; NaN where the test has no such measure.</param>
public readonly record struct TestOutcome(double Statistic, double PValue = double.NaN, double EffectSize = double.NaN)
{
    public static readonly TestOutcome Undefined = new(double.NaN);
}
