namespace Platform.Monitor.Tests;

/// <summary>How closely results must agree with the reference values.</summary>
internal static class Agreement
{
    /// <summary>1e-9 relative.</summary>
    public static void Statistic(double expected, double actual, string what) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-9 * Math.Max(Math.Abs(expected), 1e-3), $"{what}: expected {expected:R}, got {actual:R}");

    /// <summary>1e-6 relative; below 1e-8 the references themselves (one minus a number near one) hold fewer digits.</summary>
    public static void PValue(double expected, double actual, string what) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-6 * expected + 1e-15, $"{what}: expected {expected:R}, got {actual:R}");
}
