namespace Platform.Registry.Comparisons;

/// <summary>Whether a challenger may be worse than its champion by no more than a bound, as far as the requests so far can tell.</summary>
internal static class Comparison
{
    /// <summary>Compares what both have shown.</summary>
    /// <param name="measure">By what.</param>
    /// <param name="bound">By how much the challenger may be worse: a margin, or a ratio.</param>
    /// <param name="champion">One group.</param>
    /// <param name="challenger">The other.</param>
    /// <param name="alpha">The chance that the comparison is ever wrong, however often it is made.</param>
    public static MeasureComparison Compare(Measure measure, double bound, RouteSample champion, RouteSample challenger, double alpha)
    {
        var harm = measure.Harm(champion, challenger, bound);
        var fineness = measure.Fineness(bound);
        var (low, high) = ConfidenceSequence.OfDifference(harm, fineness, alpha);
        var (value, challenged) = (measure.ValueOf(champion), measure.ValueOf(challenger));
        return new MeasureComparison
        {
            Measure = measure.Name,
            Champion = value,
            Challenger = challenged,
            Difference = challenged - value,
            Interval = double.IsInfinity(low) ? [] : measure.Sign > 0 ? [low, high] : [-high, -low],
            PValue = ConfidenceSequence.PValueOfAtMost(harm, fineness),
            Samples = [harm.Champion.Count, harm.Challenger.Count],
            LeastGain = -high,
            MostGain = -low,
            IsWorse = low > harm.Margin,
            IsGoodEnough = high < harm.Margin,
        };
    }
}
