namespace Platform.Statistics.Samples;

/// <summary>
/// Bins that hold about a tenth of the reference each. Bin i holds the values in (edge[i − 1], edge[i]];
/// the first and the last are open.
/// </summary>
public static class QuantileBins
{
    private const int Tenths = 10;

    /// <summary>The distinct deciles of a sorted reference, interpolated linearly as NumPy does; none for an empty one.</summary>
    public static double[] Edges(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty)
            return [];

        var edges = new List<double>(Tenths - 1);
        for (var tenth = 1; tenth < Tenths; tenth++)
        {
            var edge = Decile(sorted, tenth);
            if (edges.Count == 0 || edge > edges[^1])
                edges.Add(edge);
        }

        return [.. edges];
    }

    /// <summary>The same to the last digit, of numbers that a double does not tell apart, too.</summary>
    public static ExactNumber[] NumbersAtEdges(NumericalSample reference) =>
        NumberScale.For(reference, reference) is { } scale
            ? Array.ConvertAll(Edges(scale.Reference.Sorted), scale.NumberAt)
            : Array.ConvertAll(Edges(reference.Sorted), edge => (ExactNumber)edge);

    /// <summary>How many values of a sorted sample fall into each bin: one more bin than edges.</summary>
    public static long[] Count(ReadOnlySpan<double> sorted, ReadOnlySpan<double> edges)
    {
        var counts = new long[edges.Length + 1];
        var from = 0;
        for (var bin = 0; bin < edges.Length; bin++)
        {
            var through = from + CountAtMost(sorted[from..], edges[bin]);
            counts[bin] = through - from;
            from = through;
        }

        counts[^1] = sorted.Length - from;
        return counts;
    }

    // The position is split in whole numbers: 0.1·(n − 1) in floating point can miss the value it should land on.
    private static double Decile(ReadOnlySpan<double> sorted, int tenth)
    {
        var (index, remainder) = Math.DivRem((long)(sorted.Length - 1) * tenth, Tenths);
        var low = sorted[(int)index];
        if (remainder == 0)
            return low;

        var high = sorted[(int)index + 1];
        var weight = remainder / (double)Tenths;
        var gap = high - low;
        if (double.IsInfinity(gap))
            return low * (1 - weight) + high * weight;
        return weight < 0.5 ? low + gap * weight : high - gap * (1 - weight);
    }

    private static int CountAtMost(ReadOnlySpan<double> sorted, double bound)
    {
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] <= bound)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
