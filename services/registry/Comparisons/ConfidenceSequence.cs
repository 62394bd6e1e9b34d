namespace Platform.Registry.Comparisons;

/// <summary>
/// A confidence sequence for the difference of two shares: an interval that may be looked at as often as anybody likes, and decided by at any time,
/// and still holds the true difference at all times at once with the stated probability. By the mixture sequential probability ratio test with a
/// normal mixture and the variance as estimated (Johari, Koomen, Pekelis and Walsh 2022, "Always valid inference: continuous monitoring of A/B
/// tests", Operations Research 70(3), section 4.4; Robbins 1970, "Statistical methods related to the law of the iterated logarithm"). The intervals of
/// several mixtures are intersected, each at its part of the error, so that small differences and large ones are found early alike.
/// </summary>
internal static class ConfidenceSequence
{
    /// <summary>Below so many in either group the normal approximation says nothing.</summary>
    public const int LeastCount = 20;

    // The deviation of the mixture for differences that nobody can overlook.
    private const double Coarsest = 0.3;

    /// <summary>The interval of <paramref name="challenger"/> less <paramref name="champion"/>; from -1 to 1 while there is too little to say more.</summary>
    /// <param name="champion">One group.</param>
    /// <param name="challenger">The other.</param>
    /// <param name="fineness">The difference that matters, above 0: where the interval is narrowest.</param>
    /// <param name="alpha">The chance that the difference is ever outside.</param>
    public static (double Low, double High) OfDifference(Proportion champion, Proportion challenger, double fineness, double alpha)
    {
        if (Math.Min(champion.Count, challenger.Count) < LeastCount) return (-1, 1);
        var difference = challenger.Share - champion.Share;
        var radius = Radius(champion.Variance + challenger.Variance, fineness, alpha);
        return (Math.Max(-1, difference - radius), Math.Min(1, difference + radius));
    }

    /// <summary>The always-valid p-value of the hypothesis that the difference is at most <paramref name="margin"/>.</summary>
    public static double PValueOfAtMost(Proportion champion, Proportion challenger, double margin, double fineness)
    {
        if (Math.Min(champion.Count, challenger.Count) < LeastCount) return 1;
        var excess = challenger.Share - champion.Share - margin;
        if (excess <= 0) return 1;
        var variance = champion.Variance + challenger.Variance;
        var deviations = Deviations(fineness);
        return Math.Min(1, deviations.Length * deviations.Min(deviation => 1 / LikelihoodRatio(excess, variance, deviation)));
    }

    /// <summary>Half the width of the interval at a variance of the difference.</summary>
    public static double Radius(double variance, double fineness, double alpha)
    {
        var deviations = Deviations(fineness);
        return deviations.Min(deviation => Radius(variance, deviation * deviation, alpha / deviations.Length, LogOf(variance, deviation)));
    }

    private static double Radius(double variance, double mixture, double alpha, double log) =>
        Math.Sqrt(variance * (variance + mixture) / mixture * (2 * Math.Log(1 / alpha) + log));

    private static double LikelihoodRatio(double excess, double variance, double deviation)
    {
        var mixture = deviation * deviation;
        return Math.Exp(mixture * excess * excess / (2 * variance * (variance + mixture)) - LogOf(variance, deviation) / 2);
    }

    private static double LogOf(double variance, double deviation) => Math.Log((variance + deviation * deviation) / variance);

    private static double[] Deviations(double fineness) => [fineness, Math.Sqrt(fineness * Coarsest), Coarsest];
}
