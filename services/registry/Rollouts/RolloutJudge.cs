using Platform.Contracts.Monitor;
using Platform.Registry.Comparisons;

namespace Platform.Registry.Rollouts;

/// <summary>
/// Decides whether a promotion goes on. Each step is judged by what came during it: shares change with the steps, and pooled over them a day that was
/// bad for both versions would count against the one that had more requests then (Simpson 1951).
/// </summary>
internal static class RolloutJudge
{
    private const double Confidence = 0.95;

    /// <summary>What to do now.</summary>
    /// <param name="rollout">The promotion, running.</param>
    /// <param name="counted">The latest counts; null while there are none.</param>
    /// <param name="now">When.</param>
    public static RolloutDecision Decide(Rollout rollout, RoutesCounted? counted, DateTimeOffset now)
    {
        var champion = Sample(rollout, counted, rollout.Champion, "champion");
        var challenger = Sample(rollout, counted, rollout.Version, "challenger");
        var (verdict, reason, measures) = rollout.Strategy.Kind switch
        {
            StrategyKind.Canary => DecideStep(rollout, champion, challenger, now),
            StrategyKind.Ab => DecideTest(rollout, champion, challenger),
            StrategyKind.BlueGreen => DecideWarmth(rollout, now),
            _ => (RolloutDecision.Wait, "A shadow goes on until somebody ends it.", []),
        };
        return new RolloutDecision(now, rollout.Step, verdict, reason, measures);
    }

    /// <summary>The chance that one comparison is ever wrong, so that all guards of all steps together keep the confidence.</summary>
    public static double AlphaOf(StrategyRequest strategy)
    {
        var comparisons = (strategy.Guards?.Count ?? 0) + (strategy.Primary is null ? 0 : 1);
        return (1 - (strategy.Confidence ?? Confidence)) / Math.Max(1, comparisons * (strategy.Steps?.Count ?? 1));
    }

    private static RouteSample Sample(Rollout rollout, RoutesCounted? counted, string version, string route) =>
        rollout.Before is null ? RouteSample.None : RouteSample.Of(counted, version, route).Since(RouteSample.Of(rollout.Before, version, route));

    private static (string, string, IReadOnlyList<MeasureComparison>) DecideStep(Rollout rollout, RouteSample champion, RouteSample challenger, DateTimeOffset now)
    {
        var measures = Guards(rollout.Strategy, champion, challenger);
        if (Worse(measures) is { } worse)
            return (rollout.Strategy.OnFailure == "pause" ? RolloutDecision.Pause : RolloutDecision.Rollback, worse, measures);
        var step = rollout.Strategy.Steps![rollout.Step - 1];
        var (samples, until) = (step.MinimumSamples ?? 0, rollout.StepAt + TimeSpan.FromMinutes(step.MinimumMinutes ?? 0));
        if (challenger.Requests < samples)
            return (RolloutDecision.Wait, $"Version {rollout.Version} has answered {challenger.Requests} of {samples} requests.", measures);
        if (now < until) return (RolloutDecision.Wait, $"The step lasts until {until:u} at least.", measures);
        return Unclear(measures) is { } unclear
            ? (RolloutDecision.Wait, unclear, measures)
            : (RolloutDecision.Advance, measures.Length == 0 ? "The step is over." : "Every guard held.", measures);
    }

    private static (string, string, IReadOnlyList<MeasureComparison>) DecideTest(Rollout rollout, RouteSample champion, RouteSample challenger)
    {
        var guards = Guards(rollout.Strategy, champion, challenger);
        var (measure, effect) = (Measure.Find(rollout.Strategy.Primary!.Measure)!, rollout.Strategy.Primary.MinimumEffect!.Value);
        var primary = Comparison.Compare(measure, effect, champion, challenger, AlphaOf(rollout.Strategy));
        IReadOnlyList<MeasureComparison> measures = [primary, .. guards];
        if (Worse(guards) is { } worse) return (RolloutDecision.Rollback, worse, measures);
        if (primary.MostGain < effect) return (RolloutDecision.Rollback, $"{measure.Name} does not improve by {effect}.", measures);
        if (primary.LeastGain <= 0) return (RolloutDecision.Wait, $"Whether {measure.Name} improves is not known yet.", measures);
        return Unclear(guards) is { } unclear
            ? (RolloutDecision.Wait, unclear, measures)
            : (RolloutDecision.Advance, $"{measure.Name} improves.", measures);
    }

    private static (string, string, IReadOnlyList<MeasureComparison>) DecideWarmth(Rollout rollout, DateTimeOffset now)
    {
        var until = rollout.StepAt + TimeSpan.FromMinutes(rollout.Strategy.KeepWarmMinutes ?? 30);
        return now < until
            ? (RolloutDecision.Wait, $"Version {rollout.Champion} stays loaded until {until:u}.", [])
            : (RolloutDecision.Advance, $"Version {rollout.Champion} has been kept for long enough.", []);
    }

    private static MeasureComparison[] Guards(StrategyRequest strategy, RouteSample champion, RouteSample challenger) =>
    [
        .. (strategy.Guards ?? []).Select(guard =>
            Comparison.Compare(Measure.Find(guard.Measure)!, guard.Margin ?? guard.Ratio!.Value, champion, challenger, AlphaOf(strategy))),
    ];

    private static string? Worse(IReadOnlyList<MeasureComparison> guards) =>
        guards.FirstOrDefault(guard => guard.IsWorse) is { } worse ? $"{worse.Measure} is worse than its guard allows." : null;

    private static string? Unclear(IReadOnlyList<MeasureComparison> guards) =>
        guards.FirstOrDefault(guard => !guard.IsGoodEnough) is { } unclear
            ? $"{unclear.Measure} is not known well enough yet, from {unclear.Samples[0]} of the champion and {unclear.Samples[1]} of the challenger."
            : null;
}
