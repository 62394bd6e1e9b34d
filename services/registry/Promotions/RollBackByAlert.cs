using Platform.Contracts.Monitor;
using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Rollouts;
using Platform.Registry.Versions;

namespace Platform.Registry.Promotions;

/// <summary>
/// Takes a promotion back because an alert about its version says so: one that is under way as its own failed guard would, one that is done by giving the
/// alias the version that it had before. At most once for a promotion, whatever comes of it: the commit that does it, or says why not, notes so.
/// </summary>
internal sealed class RollBackByAlert(ModelStore models, VersionStore versions, RolloutStore rollouts, TimeProvider time)
{
    public const string Action = "rollback";

    /// <summary>Who is said to have done it.</summary>
    private const string Actor = "monitor";

    /// <summary>Does what the alert asks for; the aliases that were looked after.</summary>
    public Task<Result<IReadOnlyList<string>>> HandleAsync(AlertRaised alert, CancellationToken cancellationToken) =>
        models.ChangeAsync<IReadOnlyList<string>>(alert.Model, async change =>
        {
            var touched = new List<string>();
            foreach (var (alias, state) in change.Model.Aliases.ToList())
                if (await HandleAsync(change, alias, state, alert, cancellationToken)) touched.Add(alias);
            return touched;
        }, cancellationToken);

    private async Task<bool> HandleAsync(ModelChange change, string alias, AliasState state, AlertRaised alert, CancellationToken cancellationToken)
    {
        if (state.Rollout is { } id && await FindAsync(id, cancellationToken) is { } rollout && rollout.Version == alert.Version)
        {
            if (alert.At < rollout.At) return false;
            await EndAsync(change, rollout, alert, cancellationToken);
            return true;
        }

        if (state.Version != alert.Version || !IsProtected(state, alert)) return false;
        await MoveBackAsync(change, alias, state, alert, cancellationToken);
        return true;
    }

    private static bool IsProtected(AliasState state, AlertRaised alert) =>
        state.PromotedAt is { } at && alert.At >= at && alert.At - at <= TimeSpan.FromMinutes(alert.ProtectionMinutes);

    private async Task<Rollout?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await rollouts.FindAsync(id, cancellationToken)).Succeeded(out var found, out _) ? found : null;

    private async Task EndAsync(ModelChange change, Rollout rollout, AlertRaised alert, CancellationToken cancellationToken)
    {
        var (now, reason) = (time.GetUtcNow(), ReasonOf(alert));
        var decided = rollout.With(new RolloutDecision(now, rollout.Step, RolloutDecision.Rollback, reason, []));
        var digest = await StepRollout.DigestAsync(versions, change, rollout.Champion, cancellationToken);
        RolloutStore.Put(change, RolloutSteps.Restore(change, decided, RolloutState.RolledBack, digest, now, Actor, reason));
    }

    private async Task MoveBackAsync(ModelChange change, string alias, AliasState state, AlertRaised alert, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entry = new HistoryEntry
        {
            Action = HistoryAction.RolledBack, Id = Guid.CreateVersion7(now).ToString(), Model = change.Model.Name, Alias = alias,
            Version = state.Before is [.., var before] ? before : null, PreviousVersion = state.Version, At = now, By = Actor, Reason = ReasonOf(alert),
        };
        var (digest, hindrance) = await LookAsync(change, state, cancellationToken);
        if (hindrance is null) RollBack.Complete(change, state.Back(now)!, entry, digest!);
        else Skip(change, alias, state, entry with { Action = HistoryAction.RollbackSkipped, Id = null, Reason = $"{hindrance} {entry.Reason}" });
    }

    /// <summary>The digest of the version before; or why the alias cannot go back to it.</summary>
    private async Task<(string? Digest, string? Hindrance)> LookAsync(ModelChange change, AliasState state, CancellationToken cancellationToken)
    {
        if (state.Rollout is { } rollout) return (null, $"Not rolled back: the promotion '{rollout}' of the alias is under way.");
        if (state.Before is not [.., var before]) return (null, "Not rolled back: the alias has named no version before.");
        var found = await versions.FindAsync(change.Model, before, cancellationToken);
        if (!found.Succeeded(out var version, out _)) return (null, $"Not rolled back: version {before} is gone.");
        return version.IsArchived ? (null, $"Not rolled back: version {before} is archived.") : (version.Description.Sha256, null);
    }

    private static void Skip(ModelChange change, string alias, AliasState state, HistoryEntry entry)
    {
        change.Model = change.Model.With(alias, state with { PromotedAt = null });
        change.Record(entry);
    }

    private static string ReasonOf(AlertRaised alert) => $"Alert {alert.AlertId} of the rule '{alert.RuleId}': {alert.Summary}";
}
