using Platform.Statistics.Samples;

namespace Platform.Statistics.Distributions;

/// <summary>What lies beyond the largest of many draws.</summary>
public static class DrawnTail
{
    private const int Share = 100;

    /// <summary>
    /// The probability of <paramref name="x"/> or more by the exponential tail of the largest hundredth of the draws, which are
    /// reordered; 1 where the tail has no width. Correction for many features needs p-values far below one in the number of draws.
    /// </summary>
    public static double Upper(double[] draws, double x)
    {
        Array.Sort(draws);
        var tail = draws.Length / Share;
        var from = draws[^(tail + 1)];
        var width = draws.AsSpan(draws.Length - tail).ToArray().Average() - from;
        return width > 0 && x > from ? Math.Exp(-(x - from) / width) / Share : 1;
    }
}
