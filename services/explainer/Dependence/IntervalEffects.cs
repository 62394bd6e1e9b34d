namespace Platform.Explainer.Dependence;

/// <summary>Mean changes between neighbouring points, added up and centred: A_k = Σ_l (1[l ≤ k] − w_l) d_l, where w_l is the share of the rows' mean that d_l is in.</summary>
internal sealed class IntervalEffects
{
    private readonly double[] _means;
    private readonly double[] _variances;
    private readonly double[] _weights;

    private IntervalEffects(double[] means, double[] variances, double[] weights) => (_means, _variances, _weights) = (means, variances, weights);

    /// <param name="changes">For each row, the change over its interval.</param>
    /// <param name="intervals">For each row, its interval.</param>
    /// <param name="points">Points, one more than intervals.</param>
    public static IntervalEffects Of(double[] changes, int[] intervals, int points)
    {
        var count = Math.Max(0, points - 1);
        var groups = Enumerable.Range(0, count).Select(interval => changes.Where((_, row) => intervals[row] == interval).ToArray()).ToArray();
        double[] means = [.. groups.Select(group => group.Length == 0 ? 0 : group.Average())];
        var pooled = Pooled(groups, means);
        double[] variances = [.. groups.Select((group, at) => group.Length switch
        {
            0 => 0,
            1 => pooled,
            _ => group.Sum(change => Math.Pow(change - means[at], 2)) / (group.Length - 1) / group.Length,
        })];
        return new IntervalEffects(means, variances, Weights(groups, changes.Length));
    }

    /// <summary>The centred effect at a point.</summary>
    public double At(int point) => Enumerable.Range(0, _means.Length).Sum(interval => Factor(interval, point) * _means[interval]);

    /// <summary>Its standard error; NaN where no interval has two rows.</summary>
    public double ErrorAt(int point) => Math.Sqrt(Enumerable.Range(0, _means.Length).Sum(interval => Math.Pow(Factor(interval, point), 2) * _variances[interval]));

    private double Factor(int interval, int point) => (interval < point ? 1 : 0) - _weights[interval];

    private static double Pooled(double[][] groups, double[] means)
    {
        var freedom = groups.Sum(group => Math.Max(0, group.Length - 1));
        return freedom == 0 ? double.NaN : groups.Select((group, at) => group.Sum(change => Math.Pow(change - means[at], 2))).Sum() / freedom;
    }

    /// <summary>A row in an interval has half of its change on average behind it, and all of those before.</summary>
    private static double[] Weights(double[][] groups, int rows)
    {
        var (weights, above) = (new double[groups.Length], 0);
        for (var interval = groups.Length - 1; interval >= 0; interval--)
        {
            weights[interval] = ((groups[interval].Length / 2.0) + above) / Math.Max(1, rows);
            above += groups[interval].Length;
        }

        return weights;
    }
}
