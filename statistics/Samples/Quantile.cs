namespace Platform.Statistics.Samples;

public static class Quantile
{
    /// <summary>The quantile of sorted values, interpolated linearly; NaN without values.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="level">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double level)
    {
        if (sorted.IsEmpty)
            return double.NaN;

        var position = level * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
    }
}
