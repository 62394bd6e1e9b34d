using Platform.Contracts.Monitor;
using Platform.Hosting.Errors;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.Rollouts;

/// <summary>
/// Looks at a promotion and takes it further where that is due. Of several processes that do so at once, one decides: the decision is a commit on the
/// model's revision, and who comes second begins anew from what it left.
/// </summary>
internal sealed class StepRollout(ModelStore models, VersionStore versions, RolloutStore rollouts, TimeProvider time)
{
    /// <summary>That nothing is to be done yet need not be written down more often.</summary>
    private static readonly TimeSpan WaitNotedEvery = TimeSpan.FromSeconds(10);

    public Task<Result<Rollout>> HandleAsync(Rollout seen, CancellationToken cancellationToken) => models.ChangeAsync(seen.Model, async change =>
    {
        var found = await rollouts.FindAsync(seen.Id, cancellationToken);
        if (!found.Succeeded(out var rollout, out var error)) return (Result<Rollout>)error;
        if (rollout.State != RolloutState.Running) return rollout;
        var counted = await rollouts.FindCountsAsync(rollout.Model, cancellationToken);
        var next = Begun(rollout, counted) is { } begun ? begun : await DecideAsync(change, rollout, counted, cancellationToken);
        if (next != rollout) RolloutStore.Put(change, next);
        return next;
    }, cancellationToken);

    /// <summary>With the counts that its step begins from, where they have just come; null otherwise.</summary>
    private static Rollout? Begun(Rollout rollout, RoutesCounted? counted) =>
        rollout.Before is null && counted?.At >= rollout.StepAt ? rollout with { Before = counted } : null;

    private async Task<Rollout> DecideAsync(ModelChange change, Rollout rollout, RoutesCounted? counted, CancellationToken cancellationToken)
    {
        var decision = RolloutJudge.Decide(rollout, counted, time.GetUtcNow());
        if (decision.Verdict == RolloutDecision.Wait) return IsNoted(rollout, decision) ? rollout : rollout.With(decision);
        var (decided, at, reason) = (rollout.With(decision), decision.At, decision.Reason);
        if (decision.Verdict == RolloutDecision.Pause) return RolloutSteps.Hold(change, decided, RolloutState.Paused, at, rollout.By, reason);
        if (decision.Verdict == RolloutDecision.Rollback)
            return RolloutSteps.Restore(change, decided, RolloutState.RolledBack, await DigestAsync(change, rollout.Champion, cancellationToken), at, rollout.By, reason);
        return rollout.Step < (rollout.Strategy.Steps?.Count ?? 0)
            ? RolloutSteps.Advance(change, decided, at, reason)
            : RolloutSteps.Complete(change, decided, await DigestAsync(change, rollout.Version, cancellationToken), at, reason);
    }

    private static bool IsNoted(Rollout rollout, RolloutDecision decision) => rollout.Decisions is [.., { Verdict: RolloutDecision.Wait } last]
        && last.Step == decision.Step && decision.At - last.At < WaitNotedEvery;

    private Task<string> DigestAsync(ModelChange change, string version, CancellationToken cancellationToken) =>
        DigestAsync(versions, change, version, cancellationToken);

    /// <summary>The digest of a version's file: it may not be deleted while it is part of a promotion.</summary>
    public static async Task<string> DigestAsync(VersionStore versions, ModelChange change, string version, CancellationToken cancellationToken) =>
        (await versions.FindAsync(change.Model, version, cancellationToken)).Succeeded(out var found, out var error)
            ? found.Description.Sha256
            : throw new InvalidDataException(error.Detail);
}
