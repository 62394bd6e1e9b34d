using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;
using Platform.Hosting.Errors;

namespace Platform.Inference.Models;

/// <summary>
/// The slow way to a version: one that was put out comes back, one that no alias names is fetched when somebody calls it by its
/// number, and one that was promoted a moment ago when somebody calls it by an alias.
/// </summary>
internal sealed class OnDemand(
    RegistryClient registry, ModelTable table, VersionKeeper keeper, DeploymentSync deployments, FirstCalls firstCalls,
    ModelAnnouncer announcer, TimeProvider time)
{
    private const int MaxNameLength = 100;
    private const int MaxVersionLength = 10;

    // Versions that are being loaded because somebody called them.
    private readonly ConcurrentDictionary<(string Model, string Version), VersionSlot> _called = [];

    private readonly UnknownNames _unknown = new(time);

    /// <summary>A lease on the version, which the caller releases, or why there is none.</summary>
    public async Task<Result<LoadedVersion>> AcquireAsync(string model, string? versionOrAlias, CancellationToken cancellationToken)
    {
        if (table.Acquire(model, versionOrAlias) is { } loaded) return loaded;
        try
        {
            VersionSlot? tried = null;
            while (await FindSlotAsync(model, versionOrAlias, cancellationToken) is { } slot && slot != tried)
            {
                // Without a version in the end, the slot was closed meanwhile; then another one may have taken its place.
                if (await FillAndAcquireAsync(slot, model, versionOrAlias, cancellationToken) is { } version) return version;
                tried = slot;
            }

            return tried is null ? ModelErrors.Explain(table, model, versionOrAlias) : ModelErrors.NotReady(model);
        }
        catch (Exception exception) when (IsRegistryAway(exception, cancellationToken))
        {
            return ModelErrors.RegistryAway;
        }
#pragma warning disable CA1031 // whatever keeps the version from loading, the caller is told and others go on
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return ModelErrors.NotLoadable(model, versionOrAlias ?? ModelEntry.Champion, exception.Message);
        }
    }

    /// <summary>Whether the registry did not answer; the HTTP client's own time-out comes as a cancellation.</summary>
    public static bool IsRegistryAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Whether the registry need be asked at all, and the answer remembered.</summary>
    private static bool MayBeVersion(string model, [NotNullWhen(true)] string? versionOrAlias) =>
        model.Length <= MaxNameLength && versionOrAlias is { Length: <= MaxVersionLength } && versionOrAlias.All(char.IsAsciiDigit);

    private async Task<VersionSlot?> FindSlotAsync(string model, string? versionOrAlias, CancellationToken cancellationToken)
    {
        if (table.FindSlot(model, versionOrAlias) is { } slot) return slot;
        if (deployments.IsUnloaded(model)) return null;
        if (MayBeVersion(model, versionOrAlias)) return await FindCalledAsync(model, versionOrAlias, cancellationToken);
        await firstCalls.ServeAsync(model, versionOrAlias ?? ModelEntry.Champion, cancellationToken);
        return table.FindSlot(model, versionOrAlias);
    }

    private async Task<VersionSlot?> FindCalledAsync(string model, string version, CancellationToken cancellationToken)
    {
        var description = await FindInRegistryAsync(model, version, cancellationToken);
        return description is null ? null : _called.GetOrAdd((model, version), _ => new VersionSlot(description));
    }

    private async Task<LoadedVersion?> FillAndAcquireAsync(
        VersionSlot slot, string model, string? versionOrAlias, CancellationToken cancellationToken)
    {
        slot.BeginAwait();
        try
        {
            await FillAsync(slot).WaitAsync(cancellationToken);
            return table.Acquire(model, versionOrAlias);
        }
        finally
        {
            slot.EndAwait();
            keeper.MakeRoom(); // it could not be put out while it was awaited
        }
    }

    // The load goes on when the caller who asked for it leaves: others may wait for it as well.
    private async Task FillAsync(VersionSlot slot)
    {
        try
        {
            var loaded = await keeper.FillAsync(slot, CancellationToken.None);
            if (_called.ContainsKey((slot.Model, slot.Version))) Enter(slot);
            if (loaded is not null) announcer.Announce(loaded);
        }
        finally
        {
            _called.TryRemove((slot.Model, slot.Version), out _);
        }
    }

    private void Enter(VersionSlot slot)
    {
        table.Update(slot.Model, entry => (entry ?? new ModelEntry(slot.Model, new Dictionary<string, VersionSlot>(), new Dictionary<string, AliasSplit>(), [])).With(slot));
        if (table.FindSlot(slot.Model, slot.Version) != slot) slot.Close();
    }

    private async Task<ModelVersionDescription?> FindInRegistryAsync(string model, string version, CancellationToken cancellationToken)
    {
        if (!_unknown.MayAsk(model, version)) return null;
        var description = await registry.FindVersionAsync(model, version, cancellationToken);
        if (description is null) _unknown.Add(model, version);
        return description;
    }
}
