using System.Numerics;

namespace Platform.Statistics.Distributions;

/// <summary>The distribution of the two-sample Kolmogorov-Smirnov statistic where values are tied.</summary>
public static class TiedKolmogorov
{
    // Beyond this the limit is near, and it depends on the shares of the tied values alone, no longer on the sizes.
    private const int LargestSample = 8_000;

    // Where less than this is left of a path it is not followed further; below the other not enough is known of a p-value.
    private const double Negligible = 1e-25;
    private const double Known = 1e-18;

    /// <summary>
    /// The probability that two samples of n and m values from one source are at least <paramref name="distance"/>/(n·m) apart,
    /// given which of the pooled values are tied.
    /// </summary>
    /// <remarks>
    /// Every merged order of the two samples is equally likely, but the distribution functions can only be compared where one tied
    /// value ends and the next begins: the largest gap that the untied order may show in between is none (Schröer and
    /// Trenkler 1995). So the chance to have i values of the first sample among the first s is followed through all s, and what is
    /// too far apart at such an end is taken out of it. Only positive terms are added, so small probabilities keep their digits.
    /// Takes (n + m)·√(n + m) steps; larger samples than 8,000 are shrunk to that, in the same shares. Below 1e-18 it is the limit
    /// without ties, which is no smaller.
    /// </remarks>
    /// <param name="n">Values in the one sample.</param>
    /// <param name="m">Values in the other.</param>
    /// <param name="distance">The largest |i·m − j·n| seen, a whole number.</param>
    /// <param name="ends">How many pooled values lie at or before each distinct value, ascending.</param>
    public static double Upper(int n, int m, long distance, ReadOnlySpan<int> ends)
    {
        var total = (double)n + m;
        var pValue = FollowShrunk(n, m, distance, ends, total);
        return pValue < Known
            ? Math.Max(pValue, KolmogorovDistribution.Limit(Math.Sqrt(n * (double)m / total) * distance / ((double)n * m)))
            : pValue;
    }

    private static double FollowShrunk(int n, int m, long distance, ReadOnlySpan<int> ends, double total)
    {
        var (rows, others) = (Math.Min(n, LargestSample), Math.Min(m, LargestSample));
        if (rows == n && others == m)
            return Follow(n, m, distance, ends);

        var shrunk = new int[ends.Length];
        for (var at = 0; at < ends.Length; at++)
            shrunk[at] = (int)Math.Round(ends[at] * ((rows + others) / total));

        // The limit depends on √(nm/(n + m))·D.
        var scaled = distance / ((double)n * m) * Math.Sqrt(n * (double)m / total * (rows + others) / ((double)rows * others));
        return Follow(rows, others, scaled * rows * others, shrunk);
    }

    private static double Follow(int n, int m, double distance, ReadOnlySpan<int> ends)
    {
        if (distance <= 0)
            return 1;

        var (chances, after) = (new double[n + 1], new double[n + 1]);
        chances[0] = 1;
        var (low, high, apart, next) = (0, 0, 0.0, 0);
        for (var s = 1; s <= n + m && low <= high; s++)
        {
            var top = Math.Min(high + 1, n);
            Step(chances.AsSpan(0, top + 1), after, low, n, n + m - (s - 1));
            (chances, after, high) = (after, chances, top);
            while (next < ends.Length && ends[next] < s)
                next++;
            if (next < ends.Length && ends[next] == s)
                apart += TakeApart(chances, low, high, s, n, m, distance);
            while (low <= high && chances[low] < Negligible)
                chances[low++] = 0;
            while (high >= low && chances[high] < Negligible)
                chances[high--] = 0;

            // The next step reads one on either side, and what it writes over may have been left by the one before.
            if (low > 0)
                chances[low - 1] = 0;
            if (high < n)
                chances[high + 1] = 0;
        }

        return Math.Min(1, apart);
    }

    /// <summary>
    /// One more pooled value, of the first sample with the share that it has of what is left: so the chance of i comes from i, by
    /// 1 − (n − i)/left, and from i − 1, by (n − i + 1)/left. Several at a time.
    /// </summary>
    private static void Step(ReadOnlySpan<double> before, Span<double> after, int low, int n, int left)
    {
        var i = low;
        if (i == 0)
            after[0] = before[0] * Stays(i++, n, left);

        var width = Vector<double>.Count;
        var counts = Vector.CreateSequence((double)i, 1);
        for (; i <= before.Length - width; i += width, counts += new Vector<double>(width))
        {
            var comes = (new Vector<double>(n + 1.0) - counts) / left;
            var stays = Vector.Max(Vector<double>.Zero, new Vector<double>(left - n) + counts) / left;
            (new Vector<double>(before[i..]) * stays + new Vector<double>(before[(i - 1)..]) * comes).CopyTo(after[i..]);
        }

        for (; i < before.Length; i++)
            after[i] = before[i] * Stays(i, n, left) + before[i - 1] * (n - i + 1) / left;
    }

    private static double Stays(int i, int n, int left) => Math.Max(0, left - (n - i)) / (double)left;

    private static double TakeApart(double[] chances, int low, int high, int s, int n, int m, double distance)
    {
        var sum = 0.0;
        for (var i = low; i <= high; i++)
        {
            if (Math.Abs((long)i * m - (long)(s - i) * n) < distance)
                continue;
            sum += chances[i];
            chances[i] = 0;
        }

        return sum;
    }
}
