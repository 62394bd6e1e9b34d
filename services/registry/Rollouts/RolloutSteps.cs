using Platform.Contracts.Registry;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Rollouts;

/// <summary>What the steps of a promotion change of its model, for the commit that decides about it.</summary>
internal static class RolloutSteps
{
    /// <summary>Begins it: the gates have passed.</summary>
    public static void Begin(ModelChange change, Rollout rollout, string sha256)
    {
        var before = change.Model.Aliases[rollout.Alias];
        if (rollout.Strategy.Kind == StrategyKind.BlueGreen) Switch(change, rollout, sha256, rollout.At, rollout.By, rollout.Reason);
        else Record(change, rollout, HistoryAction.PromotionStarted, rollout.At, rollout.By, rollout.Reason);
        Divide(change, rollout.Strategy.Kind == StrategyKind.BlueGreen ? change.Model.Aliases[rollout.Alias] : before, rollout);
        Tell(change, rollout, rollout.At, rollout.By, rollout.Reason);
    }

    /// <summary>The next step.</summary>
    public static Rollout Advance(ModelChange change, Rollout rollout, DateTimeOffset at, string reason)
    {
        var next = rollout with { Step = rollout.Step + 1, StepAt = at, Before = null };
        Divide(change, change.Model.Aliases[rollout.Alias], next);
        Record(change, next, HistoryAction.PromotionStepped, at, rollout.By, reason);
        Tell(change, next, at, rollout.By, reason);
        return next;
    }

    /// <summary>The version serves, alone.</summary>
    public static Rollout Complete(ModelChange change, Rollout rollout, string sha256, DateTimeOffset at, string reason)
    {
        var done = rollout with { State = RolloutState.Completed };
        if (rollout.Strategy.Kind != StrategyKind.BlueGreen) Switch(change, rollout, sha256, at, rollout.By, reason);
        Unite(change, rollout);
        Record(change, done, HistoryAction.PromotionEnded, at, rollout.By, reason);
        Tell(change, done, at, rollout.By, reason);
        return done;
    }

    /// <summary>The version that served before serves alone again.</summary>
    public static Rollout Restore(ModelChange change, Rollout rollout, string state, string sha256, DateTimeOffset at, string by, string? reason)
    {
        var ended = rollout with { State = state };
        if (rollout.Strategy.Kind == StrategyKind.BlueGreen) SwitchBack(change, rollout, sha256, at, by, reason);
        Unite(change, rollout);
        Record(change, ended, HistoryAction.PromotionEnded, at, by, reason);
        Tell(change, ended, at, by, reason);
        return ended;
    }

    /// <summary>Stops deciding, or begins again; the shares stay as they are.</summary>
    public static Rollout Hold(ModelChange change, Rollout rollout, string state, DateTimeOffset at, string by, string? reason)
    {
        var held = rollout with { State = state };
        Record(change, held, state == RolloutState.Paused ? HistoryAction.PromotionPaused : HistoryAction.PromotionStepped, at, by, reason);
        Tell(change, held, at, by, reason);
        return held;
    }

    private static void Divide(ModelChange change, AliasState state, Rollout rollout) => change.Model = change.Model.With(
        rollout.Alias, state with { Rollout = rollout.Id, Split = rollout.Split, Strategy = rollout.Strategy.Kind! });

    private static void Unite(ModelChange change, Rollout rollout) => change.Model = change.Model.With(
        rollout.Alias, change.Model.Aliases[rollout.Alias] with { Rollout = null, Split = [] });

    private static void Switch(ModelChange change, Rollout rollout, string sha256, DateTimeOffset at, string by, string? reason)
    {
        var state = AliasState.Promote(change.Model.Aliases[rollout.Alias], rollout.Version, at) with { Strategy = rollout.Strategy.Kind! };
        change.Model = change.Model.With(rollout.Alias, state);
        change.Record(new HistoryEntry
        {
            Action = HistoryAction.Promoted, Id = rollout.Id, Alias = rollout.Alias, Version = rollout.Version, PreviousVersion = rollout.Champion,
            Strategy = rollout.Strategy.Kind, At = at, By = by, Reason = reason,
            Gates = rollout.Strategy.Kind == StrategyKind.BlueGreen ? rollout.Gates : null, // where there are steps, they were told at the start
        });
        change.Publish(new ModelPromoted
        {
            PromotionId = rollout.Id, Model = rollout.Model, Alias = rollout.Alias, Version = rollout.Version, PreviousVersion = rollout.Champion,
            Sha256 = sha256, At = at, By = by, Reason = reason,
        });
    }

    private static void SwitchBack(ModelChange change, Rollout rollout, string sha256, DateTimeOffset at, string by, string? reason)
    {
        change.Model = change.Model.With(rollout.Alias, change.Model.Aliases[rollout.Alias].Back(at));
        change.Record(new HistoryEntry
        {
            Action = HistoryAction.RolledBack, Id = rollout.Id, Strategy = rollout.Strategy.Kind, Alias = rollout.Alias, Version = rollout.Champion, PreviousVersion = rollout.Version, At = at, By = by,
            Reason = reason,
        });
        change.Publish(new ModelRolledBack
        {
            RollbackId = rollout.Id, Model = rollout.Model, Alias = rollout.Alias, Version = rollout.Champion, PreviousVersion = rollout.Version,
            Sha256 = sha256, At = at, By = by, Reason = reason,
        });
    }

    private static void Record(ModelChange change, Rollout rollout, string action, DateTimeOffset at, string by, string? reason) =>
        change.Record(new HistoryEntry
        {
            Action = action, Id = rollout.Id, Strategy = rollout.Strategy.Kind, Alias = rollout.Alias, Version = rollout.Version, PreviousVersion = rollout.Champion, At = at, By = by, Reason = reason,
            Gates = action == HistoryAction.PromotionStarted ? rollout.Gates : null,
        });

    private static void Tell(ModelChange change, Rollout rollout, DateTimeOffset at, string by, string? reason) => change.Publish(new RolloutStepped
    {
        PromotionId = rollout.Id, Model = rollout.Model, Alias = rollout.Alias, Version = rollout.Version, Step = rollout.Step, State = rollout.State,
        Weight = rollout.State is RolloutState.Running or RolloutState.Paused ? rollout.Weight : rollout.State == RolloutState.Completed ? 1 : 0,
        At = at, By = by, Reason = reason,
    });
}
