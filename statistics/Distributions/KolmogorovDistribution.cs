namespace Platform.Statistics.Distributions;

/// <summary>The distribution of the two-sample Kolmogorov-Smirnov statistic when both samples have the same continuous source.</summary>
public static class KolmogorovDistribution
{
    /// <summary>
    /// The exact probability that two samples of n and m values are at least <paramref name="distance"/>/(n·m) apart.
    /// </summary>
    /// <remarks>
    /// Every merged order of the two samples is equally likely and is a lattice path from (0, 0) to (n, m). The cell (i, j)
    /// holds the share of the paths to it that strayed far enough; a uniform path came from (i − 1, j) with probability
    /// i/(i + j). Only positive terms are added, so small probabilities keep all their digits (Hodges 1958). Takes n·m steps.
    /// </remarks>
    /// <param name="n">Values in the one sample.</param>
    /// <param name="m">Values in the other.</param>
    /// <param name="distance">The largest |i·m − j·n| seen, a whole number.</param>
    public static double Exact(int n, int m, long distance)
    {
        var strayed = new double[m + 1];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= m; j++)
                strayed[j] = Math.Abs((long)i * m - (long)j * n) >= distance ? 1 : FromNeighbours(strayed, i, j);
        }

        return strayed[m];
    }

    /// <summary>The probability that the limit distribution exceeds <paramref name="x"/> (Kolmogorov 1933).</summary>
    public static double Limit(double x)
    {
        if (x <= 0)
            return 1;

        // Two series for the same function: each converges in a few terms on its own side.
        return x < 1 ? 1 - LowerSeries(x) : UpperSeries(x);
    }

    private static double FromNeighbours(double[] strayed, int i, int j)
    {
        if (i + j == 0)
            return 0;

        var below = i > 0 ? i * strayed[j] : 0;
        var left = j > 0 ? j * strayed[j - 1] : 0;
        return (below + left) / (i + j);
    }

    private static double UpperSeries(double x)
    {
        var sum = 0.0;
        var sign = 1.0;
        for (var k = 1; k <= 20; k++)
        {
            sum += sign * Math.Exp(-2.0 * k * k * x * x);
            sign = -sign;
        }

        return 2 * sum;
    }

    private static double LowerSeries(double x)
    {
        var sum = 0.0;
        for (var k = 1; k <= 39; k += 2)
            sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
        return Math.Sqrt(2 * Math.PI) / x * sum;
    }
}
