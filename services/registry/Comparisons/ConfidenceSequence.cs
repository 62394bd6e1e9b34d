namespace Platform.Registry.Comparisons;

/// <summary>
/// A confidence sequence for the difference of two means: an interval that may be looked at as often as anybody likes, and decided by at any time,
/// and still holds the true difference at all times at once with the stated probability. By the mixture sequential probability ratio test with a
/// normal mixture and the variance as estimated (Johari, Koomen, Pekelis and Walsh 2022, "Always valid inference: continuous monitoring of A/B
/// tests", Operations Research 70(3), section 4.4; Robbins 1970, "Statistical methods related to the law of the iterated logarithm"). For shares and
/// for any other values alike: it is the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021 (arXiv 2103.06476),
/// which asks for a finite variance only, and for as many samples as make means normal. The intervals of
/// several mixtures are intersected, each at its part of the error, so that small differences and large ones are found early alike.
/// </summary>
internal static class ConfidenceSequence
{
    /// <summary>The interval of the challenger's harm less the champion's; as wide as can be while there is too little to say more.</summary>
    /// <param name="harm">Both groups.</param>
    /// <param name="fineness">The difference that matters, above 0: where the interval is narrowest.</param>
    /// <param name="alpha">The chance that the difference is ever outside.</param>
    public static (double Low, double High) OfDifference(Harm harm, double fineness, double alpha)
    {
        if (!harm.IsKnown) return (-harm.Limit, harm.Limit);
        var radius = Radius(harm.Variance, fineness, harm.Coarsest, alpha);
        return (Math.Max(-harm.Limit, harm.Difference - radius), Math.Min(harm.Limit, harm.Difference + radius));
    }

    /// <summary>The always-valid p-value of the hypothesis that the difference is at most the margin.</summary>
    public static double PValueOfAtMost(Harm harm, double fineness)
    {
        if (!harm.IsKnown) return 1;
        var excess = harm.Difference - harm.Margin;
        if (excess <= 0) return 1;
        var deviations = Deviations(fineness, harm.Coarsest);
        return Math.Min(1, deviations.Length * deviations.Min(deviation => 1 / LikelihoodRatio(excess, harm.Variance, deviation)));
    }

    /// <summary>Half the width of the interval at a variance of the difference.</summary>
    public static double Radius(double variance, double fineness, double coarsest, double alpha)
    {
        var deviations = Deviations(fineness, coarsest);
        return deviations.Min(deviation => RadiusOf(variance, deviation, alpha / deviations.Length));
    }

    private static double RadiusOf(double variance, double deviation, double alpha)
    {
        var mixture = deviation * deviation;
        return Math.Sqrt(variance * (variance + mixture) / mixture * (2 * Math.Log(1 / alpha) + LogOf(variance, deviation)));
    }

    private static double LikelihoodRatio(double excess, double variance, double deviation)
    {
        var mixture = deviation * deviation;
        return Math.Exp(mixture * excess * excess / (2 * variance * (variance + mixture)) - LogOf(variance, deviation) / 2);
    }

    private static double LogOf(double variance, double deviation) => Math.Log((variance + deviation * deviation) / variance);

    // The deviations of the mixtures.
    private static double[] Deviations(double fineness, double coarsest) => [fineness, Math.Sqrt(fineness * coarsest), coarsest];
}
