using Platform.Registry.Comparisons;

namespace Platform.Registry.Rollouts;

/// <summary>What a step will probably need to be decided.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Weight">The share of requests that the version gets in it.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="ChallengerSamples">
/// Requests, or labelled rows, of the version after which the measure is decided with a chance of <paramref name="Power"/> if both versions are equally
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
        var shown = measure.Harm(champion, champion, bound).Champion;
        var share = shown.Count >= LeastToKnow && !measure.IsRatio ? shown.Share : measure.Guess;
        return new(step, weight, measure.Name, share is null ? null : Needed(share.Value, bound, weight, RolloutJudge.AlphaOf(strategy)), Likely);
    }

    private static long? Needed(double share, double margin, double weight, double alpha)
    {
        var (low, high) = (ConfidenceSequence.LeastCount - 1L, Most);
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
            var champions = Math.Max(ConfidenceSequence.LeastCount, (long)(challengers * (1 - weight) / weight));
            var variance = Hits(champions).Variance + Hits(challengers).Variance;
            return ConfidenceSequence.Radius(variance, margin, alpha) + LikelyDeviations * Math.Sqrt(variance) < margin;
        }

        Proportion Hits(long count) => new((long)(share * count), count);
    }
}
