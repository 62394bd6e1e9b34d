using Platform.Registry.Comparisons;

namespace Platform.Registry.Rollouts;

/// <summary>What a step will probably need to be decided.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Weight">The share of requests that the version gets in it.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="ChallengerSamples">
/// Requests, labelled rows or outcomes of the version after which the measure is decided with a chance of <paramref name="Power"/> if both versions are equally
/// good; null where that cannot be said before anything was measured.
/// </param>
/// <param name="Power">The chance.</param>
internal sealed record ExpectedSamples(int Step, double Weight, string Measure, long? ChallengerSamples, double Power)
{
    private const double Likely = 0.8;

    // The normal quantile of the power.
    private const double LikelyDeviations = 0.8416;
    private const long LeastToKnow = 50;
    private const long Most = 1L << 40;

    /// <summary>For every guard of every step, with the champion's shares as far as they are known.</summary>
    public static IReadOnlyList<ExpectedSamples> Of(Rollout rollout, RouteSample champion)
    {
        var strategy = rollout.Strategy;
        var guards = strategy.Guards ?? [];
        var bounds = strategy.Primary is { } primary ? guards.Append(new GuardRequest(primary.Measure, primary.MinimumEffect)) : guards;
        var weights = strategy.Steps?.Select(step => step.Weight!.Value) ?? [rollout.Weight];
        return [.. weights.SelectMany((weight, at) => bounds.Select(bound => Of(strategy, bound, at + 1, weight, champion)))];
    }

    private static ExpectedSamples Of(StrategyRequest strategy, GuardRequest guard, int step, double weight, RouteSample champion)
    {
        var measure = Comparisons.Measure.Find(guard.Measure)!;
        var bound = guard.Margin ?? guard.Ratio!.Value;
        var harm = measure.Harm(champion, champion, bound);
        var needed = VarianceOf(measure, harm) is { } variance ? Needed(variance, harm, bound, weight, RolloutJudge.AlphaOf(strategy)) : null;
        return new(step, weight, measure.Name, needed, Likely);
    }

    /// <summary>The variance of a group's mean harm by its size; null where it cannot be said yet.</summary>
    private static Func<long, double>? VarianceOf(Measure measure, Harm harm)
    {
        var (shown, isKnown) = (harm.Champion, harm.Champion.Count >= LeastToKnow && !measure.IsRatio);
        if (double.IsInfinity(harm.Limit)) return isKnown && shown.Variance > 0 ? count => shown.Variance * shown.Count / count : null;
        return (isKnown ? shown.Mean : measure.Guess) is { } share ? count => new Proportion((long)(share * count), count).Variance : null;
    }

    private static long? Needed(Func<long, double> varianceOf, Harm harm, double margin, double weight, double alpha)
    {
        var (low, high) = (harm.LeastCount - 1L, Most);
        if (!Suffices(high)) return null;
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Suffices(middle)) high = middle;
            else low = middle;
        }

        return high;

        bool Suffices(long challengers)
        {
            var champions = Math.Max(harm.LeastCount, (long)(challengers * (1 - weight) / weight));
            var variance = varianceOf(champions) + varianceOf(challengers);
            return ConfidenceSequence.Radius(variance, margin, harm.Coarsest, alpha) + LikelyDeviations * Math.Sqrt(variance) < margin;
        }
    }
}
