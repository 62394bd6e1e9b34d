namespace Platform.Statistics.Samples;

/// <summary>The border between computing, where NaN means undefined, and JSON, where null does.</summary>
public static class Finite
{
    /// <summary>The number, or null where JSON has no notation for it.</summary>
    public static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
