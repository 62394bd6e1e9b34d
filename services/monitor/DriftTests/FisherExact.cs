using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Fisher's exact test, two-sided, for features of two values: the probability of all tables with the same margins that are
/// no likelier than the one seen. The statistic is the odds ratio, undefined where a cell is empty; the effect size is the
/// difference of the proportions, current less reference.
/// </summary>
internal sealed class FisherExact : ITwoSampleTest
{
    // Tables as likely as the one seen must not be lost to rounding; the same margin as SciPy's.
    private const double Slack = 1 + 1e-7;

    public string Id => "fisher_exact";

    public bool AppliesTo(FeaturePair pair) => Proportions.Fit(pair);

    public TestOutcome Run(FeaturePair pair) => Compare(Proportions.Of(pair));

    /// <summary>The same for proportions that are already counted.</summary>
    public static TestOutcome Compare(Proportions p)
    {
        var (referenceMisses, currentMisses) = ((double)p.ReferenceTotal - p.ReferenceHits, (double)p.CurrentTotal - p.CurrentHits);
        var odds = p.ReferenceHits * currentMisses / (p.CurrentHits * referenceMisses);
        return new(double.IsFinite(odds) ? odds : double.NaN, PValue(p), p.Current - p.Reference);
    }

    // Weights relative to the likeliest table, each from its neighbour by a ratio: no factorial can overflow.
    private static double PValue(Proportions p)
    {
        var hits = p.ReferenceHits + p.CurrentHits;
        var least = Math.Max(0, hits - p.CurrentTotal);
        var most = Math.Min(hits, p.ReferenceTotal);
        var weights = new double[most - least + 1];
        var mode = Math.Clamp((hits + 1) * (p.ReferenceTotal + 1) / (p.ReferenceTotal + p.CurrentTotal + 2), least, most) - least;

        weights[mode] = 1;
        for (var i = mode; i < most - least; i++)
            weights[i + 1] = weights[i] * RatioToNext(p, hits, least + i);
        for (var i = mode; i > 0; i--)
            weights[i - 1] = weights[i] / RatioToNext(p, hits, least + i - 1);

        return NoLikelier(weights, weights[p.ReferenceHits - least] * Slack);
    }

    private static double RatioToNext(Proportions p, long hits, long x) =>
        (p.ReferenceTotal - x) * (double)(hits - x) / ((x + 1.0) * (p.CurrentTotal - hits + x + 1));

    private static double NoLikelier(double[] weights, double bound)
    {
        var (all, chosen) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            all += weight;
            if (weight <= bound)
                chosen += weight;
        }

        return Math.Min(1, chosen / all);
    }
}
