using Platform.Hosting.Errors;
using Platform.Registry.Comparisons;
using Platform.Registry.Requests;

namespace Platform.Registry.Rollouts;

/// <summary>What a strategy must be like. All that is wrong is told at once.</summary>
internal static class StrategyRules
{
    private const int MaxSteps = 20;
    private const int MaxGuards = 10;
    private const double MaxMinutes = 525_600;
    private const double MaxWarmMinutes = 10_080;

    /// <summary>Why the strategy is refused; null where it is not.</summary>
    public static Error? Refuse(StrategyRequest? strategy)
    {
        if (strategy is null) return null;
        if (!StrategyKind.All.Contains(strategy.Kind)) return RolloutErrors.StrategyUnsupported(strategy.Kind);
        var problems = new FieldProblems();
        CheckMembers(strategy, problems);
        if (strategy.Kind == StrategyKind.Canary) CheckSteps(strategy, problems);
        if (strategy.Kind == StrategyKind.Ab) CheckTest(strategy, problems);
        CheckNumbers(strategy, problems);
        CheckGuards(strategy, problems);
        return problems.Any ? problems.ToError() : UnknownMeasure(strategy);
    }

    private static void CheckMembers(StrategyRequest strategy, FieldProblems problems)
    {
        var decides = strategy.Kind is StrategyKind.Canary or StrategyKind.Ab;
        Allow("steps", strategy.Steps, strategy.Kind == StrategyKind.Canary);
        Allow("onFailure", strategy.OnFailure, strategy.Kind == StrategyKind.Canary);
        Allow("guards", strategy.Guards, decides);
        Allow("confidence", strategy.Confidence, decides);
        Allow("share", strategy.Share, strategy.Kind == StrategyKind.Shadow);
        Allow("split", strategy.Split, strategy.Kind == StrategyKind.Ab);
        Allow("primary", strategy.Primary, strategy.Kind == StrategyKind.Ab);
        Allow("keepWarmMinutes", strategy.KeepWarmMinutes, strategy.Kind == StrategyKind.BlueGreen);

        void Allow(string member, object? value, bool belongs) =>
            problems.Require($"strategy.{member}", value is null || belongs, $"is no member of the strategy '{strategy.Kind}'.");
    }

    private static void CheckSteps(StrategyRequest strategy, FieldProblems problems)
    {
        var steps = strategy.Steps ?? [];
        problems.Require("strategy.steps", steps.Count is > 0 and <= MaxSteps, $"must be 1 to {MaxSteps}.");
        var before = 0.0;
        for (var at = 0; at < Math.Min(steps.Count, MaxSteps); at++)
        {
            var (field, step) = ($"strategy.steps[{at}]", steps[at] ?? new StepRequest(null));
            problems.Require($"{field}.weight", step.Weight > before && step.Weight < 1, "must be above that of the step before, and below 1: after the last step come all requests.");
            problems.Require($"{field}.minimumSamples", step.MinimumSamples is null or >= 0, "must not be negative.");
            problems.Require($"{field}.minimumMinutes", step.MinimumMinutes is null or (>= 0 and <= MaxMinutes), $"must be 0 to {MaxMinutes}.");
            before = step.Weight ?? before;
        }
    }

    private static void CheckTest(StrategyRequest strategy, FieldProblems problems)
    {
        var split = strategy.Split ?? [];
        problems.Require("strategy.split", split.Count == 2 && split.All(share => share is { Version: not null, Weight: > 0 and < 1 }) && split[0].Version != split[1].Version
            && Math.Abs(split.Sum(share => share.Weight!.Value) - 1) < 1e-9, "needs two versions, each with a weight above 0, which make 1 together.");
        problems.Require("strategy.primary", strategy.Primary is { Measure: not null, MinimumEffect: > 0 and var effect }
            && effect < (Measure.Find(strategy.Primary.Measure)?.MostBound ?? 1), "needs a measure and a minimumEffect above 0, of shares below 1.");
        problems.Require("strategy.primary.measure", Measure.Find(strategy.Primary?.Measure) is null or { IsRatio: false }, "must be a share or an outcome: a latency can only be a guard.");
    }

    private static void CheckNumbers(StrategyRequest strategy, FieldProblems problems)
    {
        problems.Require("strategy.confidence", strategy.Confidence is null or (> 0.5 and < 1), "must be above 0.5 and below 1.");
        problems.Require("strategy.share", strategy.Share is null or (> 0 and <= 1), "must be above 0 and at most 1.");
        problems.Require("strategy.keepWarmMinutes", strategy.KeepWarmMinutes is null or (>= 0 and <= MaxWarmMinutes), $"must be 0 to {MaxWarmMinutes}.");
        problems.Require("strategy.onFailure", strategy.OnFailure is null or "rollback" or "pause", "must be rollback or pause.");
    }

    private static void CheckGuards(StrategyRequest strategy, FieldProblems problems)
    {
        var guards = strategy.Guards ?? [];
        problems.Require("strategy.guards", guards.Count <= MaxGuards, $"must be at most {MaxGuards}.");
        for (var at = 0; at < Math.Min(guards.Count, MaxGuards); at++)
        {
            var (field, guard) = ($"strategy.guards[{at}]", guards[at]);
            problems.Require($"{field}.measure", guard?.Measure is not null, "is missing.");
            if (Measure.Find(guard?.Measure) is not { } measure) continue;
            if (measure.IsRatio) problems.Require(field, guard is { Ratio: >= 1 and <= 100, Margin: null }, "needs a ratio of 1 to 100, and no margin.");
            else problems.Require(field, guard is { Margin: > 0 and var margin, Ratio: null } && margin < measure.MostBound, $"needs a margin above 0 and below {measure.MostBound}, and no ratio.");
        }
    }

    private static Error? UnknownMeasure(StrategyRequest strategy)
    {
        var named = (strategy.Guards ?? []).Select(guard => guard.Measure).Append(strategy.Primary?.Measure).OfType<string>();
        return named.FirstOrDefault(name => Measure.Find(name) is null) is { } unknown ? RolloutErrors.MeasureUnsupported(unknown) : null;
    }
}
