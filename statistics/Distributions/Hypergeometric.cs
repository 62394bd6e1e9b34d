namespace Platform.Statistics.Distributions;

/// <summary>How many of the marked rows a sample holds that is drawn without replacement.</summary>
public static class Hypergeometric
{
    /// <summary>
    /// The chances, up to a common factor, of each possible count from the least one on. Each comes from its neighbour by a ratio,
    /// beginning with the likeliest: no factorial can overflow.
    /// </summary>
    /// <param name="marked">Marked rows.</param>
    /// <param name="drawn">Rows in the sample.</param>
    /// <param name="others">Rows that stay behind.</param>
    public static (long Least, double[] Weights) Weights(long marked, long drawn, long others)
    {
        var least = Math.Max(0, marked - others);
        var most = Math.Min(marked, drawn);
        var weights = new double[most - least + 1];
        var mode = Math.Clamp((marked + 1) * (drawn + 1) / (drawn + others + 2), least, most) - least;

        weights[mode] = 1;
        for (var i = mode; i < most - least; i++)
            weights[i + 1] = weights[i] * RatioToNext(least + i);
        for (var i = mode; i > 0; i--)
            weights[i - 1] = weights[i] / RatioToNext(least + i - 1);
        return (least, weights);

        double RatioToNext(long x) => (drawn - x) * (double)(marked - x) / ((x + 1.0) * (others - marked + x + 1));
    }
}
