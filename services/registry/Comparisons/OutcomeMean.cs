using Platform.Contracts.Monitor;

namespace Platform.Registry.Comparisons;

/// <summary>
/// The mean of a business outcome, of which more is better: a share where every value is 0 or 1 and some are 1, and the mean of the values otherwise.
/// </summary>
internal sealed record OutcomeMean(string Name, string Outcome) : Measure(Name)
{
    /// <summary>From so many on, means of skewed values as revenue are near enough to normal.</summary>
    public const int LeastValues = 200;

    // Below this part of the mean square a variance is what sums lose by rounding.
    private const double Rounding = 1e-12;
    private const double LargestBound = 1e9;

    /// <summary>In deviations of the values.</summary>
    private const double Coarsest = 0.3;

    public override double? Guess => null;

    public override double Sign => -1;

    public override double MostBound => LargestBound;

    public override double? ValueOf(RouteSample sample) => sample.OutcomeOf(Outcome) is { Count: > 0 } found ? found.Sum / found.Count : null;

    public override Harm Harm(RouteSample champion, RouteSample challenger, double bound)
    {
        var (one, other) = (champion.OutcomeOf(Outcome), challenger.OutcomeOf(Outcome));
        if (IsShare(one, other, bound)) return new(Missed(one), Missed(other), bound);

        // Of rare large values a group may have seen none yet, and would seem to be known exactly: the larger variance stands for both.
        var variance = Math.Max(VarianceOf(one), VarianceOf(other));
        return new(Lost(one, variance), Lost(other, variance), bound)
        {
            Limit = double.PositiveInfinity, LeastCount = LeastValues, Coarsest = Coarsest * Math.Sqrt(variance),
        };
    }

    // Sales begin with nothing but zeros, too, if they are rare: zeros alone do not say that an outcome is a share.
    private static bool IsShare(OutcomeCount one, OutcomeCount other, double bound) =>
        bound < 1 && one.Sum + other.Sum > 0 && one.ZeroOrOne == one.Count && other.ZeroOrOne == other.Count;

    private static Proportion Missed(OutcomeCount outcome) => new(outcome.Count - (long)Math.Clamp(Math.Round(outcome.Sum), 0, outcome.Count), outcome.Count);

    private static Estimate Lost(OutcomeCount outcome, double variance) => outcome.Count == 0
        ? new(0, 0, 0)
        : new(-outcome.Sum / outcome.Count, variance / outcome.Count, outcome.Count);

    private static double VarianceOf(OutcomeCount outcome)
    {
        if (outcome.Count < 2) return 0;
        var deviations = outcome.SumOfSquares - outcome.Sum * outcome.Sum / outcome.Count;
        return deviations > Rounding * outcome.SumOfSquares ? deviations / (outcome.Count - 1) : 0;
    }
}
