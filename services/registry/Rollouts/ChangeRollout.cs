using Platform.Hosting.Errors;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.Rollouts;

/// <summary>Pauses, resumes and cancels promotions.</summary>
internal sealed class ChangeRollout(ModelStore models, VersionStore versions, RolloutStore rollouts, TimeProvider time)
{
    public Task<Result<Rollout>> PauseAsync(string id, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, RolloutState.Paused, (change, rollout, _) => Task.FromResult(
            RolloutSteps.Hold(change, rollout, RolloutState.Paused, time.GetUtcNow(), actor, null)), cancellationToken);

    /// <summary>Goes on with the step from its beginning: what came while nobody decided belongs to none.</summary>
    public Task<Result<Rollout>> ResumeAsync(string id, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, RolloutState.Running, (change, rollout, _) => Task.FromResult(RolloutSteps.Hold(
            change, rollout with { StepAt = time.GetUtcNow(), Before = null }, RolloutState.Running, time.GetUtcNow(), actor, null)), cancellationToken);

    /// <summary>Ends it; all requests go to the version that had them before.</summary>
    public Task<Result<Rollout>> CancelAsync(string id, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, RolloutState.Cancelled, async (change, rollout, left) => RolloutSteps.Restore(change, rollout, RolloutState.Cancelled,
            await StepRollout.DigestAsync(versions, change, rollout.Champion, left), time.GetUtcNow(), actor, null), cancellationToken);

    private async Task<Result<Rollout>> ChangeAsync(
        string id, string state, Func<ModelChange, Rollout, CancellationToken, Task<Rollout>> next, CancellationToken cancellationToken)
    {
        var found = await rollouts.FindAsync(id, cancellationToken);
        if (!found.Succeeded(out var known, out var missing)) return missing;
        return await models.ChangeAsync(known.Model, async change =>
        {
            var latest = await rollouts.FindAsync(id, cancellationToken);
            if (!latest.Succeeded(out var rollout, out var error)) return (Result<Rollout>)error;
            if (rollout.State == state) return rollout;
            if (RolloutState.IsFinal(rollout.State)) return RolloutErrors.NotRunning(id, rollout.State);
            var changed = await next(change, rollout, cancellationToken);
            RolloutStore.Put(change, changed);
            return changed;
        }, cancellationToken);
    }
}
