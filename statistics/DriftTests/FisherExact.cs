using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// Fisher's exact test, two-sided, for features of two values: the probability of all tables with the same margins that are
/// no likelier than the one seen. The statistic is the odds ratio, undefined where a cell is empty; the effect size is the
/// phi coefficient of samples of equal size, positive where the later value is more frequent in the current sample.
/// </summary>
public sealed class FisherExact : ITwoSampleTest
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
        return new(double.IsFinite(odds) ? odds : double.NaN, PValue(p), Association.Phi(p));
    }

    private static double PValue(Proportions p)
    {
        var (least, weights) = Hypergeometric.Weights(p.ReferenceHits + p.CurrentHits, p.ReferenceTotal, p.CurrentTotal);
        return NoLikelier(weights, weights[p.ReferenceHits - least] * Slack);
    }

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
