namespace Platform.Monitor.Statistics;

/// <summary>The border between computing, where NaN means undefined, and JSON, where null does.</summary>
internal static class Finite
{
    /// <summary>The number, or null where JSON has no notation for it.</summary>
    public static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
