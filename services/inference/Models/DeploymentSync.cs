using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;
using Platform.Inference.Routing;

namespace Platform.Inference.Models;

/// <summary>
/// Makes what serves agree with the registry's snapshot. A version is loaded before anything is switched to it; one that fails
/// to load leaves in place what its alias named before, and is tried again at every later pass.
/// </summary>
internal sealed class DeploymentSync(
    RegistryClient registry, IOptions<RegistryOptions> options, VersionKeeper keeper, ModelTable table, ModelAnnouncer announcer,
    TimeProvider time, ILogger<DeploymentSync> logger) : DeploymentReconciler(registry, options, time, logger)
{
    private readonly RegistryClient _registry = registry;
    private readonly TimeProvider _time = time;
    private readonly LoadFailures _failures = new();
    private readonly HashSet<string> _unloaded = [];
    private readonly ModelTurns _turns = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();

    /// <summary>Why the versions that should serve but do not could not be loaded.</summary>
    public IReadOnlyDictionary<(string Model, string Version), string> Failures => _failures.All;

    /// <summary>The models that an operator took out of service here.</summary>
    public IReadOnlyList<string> Unloaded
    {
        get { lock (_gate) return [.. _unloaded.Order(StringComparer.Ordinal)]; }
    }

    /// <summary>True for a model that an operator took out of service here.</summary>
    public bool IsUnloaded(string model)
    {
        lock (_gate) return _unloaded.Contains(model);
    }

    /// <summary>Takes a model out of service in this process until <see cref="LoadAsync"/>. False when it does not serve.</summary>
    public bool Unload(string model)
    {
        if (table.Find(model) is null) return false;
        lock (_gate) _unloaded.Add(model);
        Switch(model, _ => null);
        return true;
    }

    /// <summary>Brings a model into service as the registry wants it now. False when it wants none of its versions to serve.</summary>
    public async Task<bool> LoadAsync(string model, CancellationToken cancellationToken)
    {
        lock (_gate) _unloaded.Remove(model);
        var snapshot = await _registry.GetDeploymentsAsync(cancellationToken);
        _failures.Forget(snapshot);
        Deployment[] wanted = [.. snapshot.Items.Where(deployment => deployment.Model == model)];
        await ReconcileAsync(model, wanted, cancellationToken);
        return wanted.Length > 0;
    }

    /// <summary>
    /// Lets an alias that names nothing here serve a version that the registry said a moment ago, ahead of the pass that would do
    /// it. Nothing happens where the version could not be loaded before; the passes try that again.
    /// </summary>
    public async Task ServeAsync(string alias, ModelVersionDescription version)
    {
        using (await _turns.TakeAsync(version.Model, _ending.Token))
        {
            var entry = table.Find(version.Model);
            var serving = entry?.Aliases ?? new Dictionary<string, VersionSlot>();
            if (serving.ContainsKey(alias) || IsUnloaded(version.Model) || _failures.Contains(version.Model, version.Version)) return;
            Deployment[] wanted =
            [
                .. serving.Select(other => Describe(other.Key, other.Value.Description, entry!.FindSplit(other.Key)?.Traffic.Shares)), Describe(alias, version, null),
            ];
            await AgreeAsync(version.Model, wanted, _ending.Token);
        }

        Signal(); // the registry may have changed its mind while the version was loaded
    }

    /// <summary>Ends serving, after the last request has been answered.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await base.StopAsync(cancellationToken);
        foreach (var model in table.Models.ToArray()) table.Update(model.Name, _ => null);
    }

    /// <summary>Ends the loads, but leaves their source: a host that is stopped from two sides may stop this after disposing it.</summary>
    public override void Dispose()
    {
        _ending.Cancel();
        base.Dispose();
    }

    protected override async Task ReconcileAsync(DeploymentSnapshot snapshot, CancellationToken cancellationToken)
    {
        _failures.Forget(snapshot);
        var wanted = snapshot.Items.ToLookup(deployment => deployment.Model);
        foreach (var gone in table.Models.Where(model => model.Aliases.Count > 0 && !wanted.Contains(model.Name)).ToArray())
            Switch(gone.Name, _ => null);
        foreach (var model in wanted.Where(model => !IsUnloaded(model.Key)))
            await ReconcileAsync(model.Key, [.. model], cancellationToken);
    }

    private async Task ReconcileAsync(string model, Deployment[] deployments, CancellationToken cancellationToken)
    {
        if (deployments.Length == 0 && table.Find(model) is null) return;
        using var turn = await _turns.TakeAsync(model, cancellationToken);
        await AgreeAsync(model, deployments, cancellationToken);
    }

    private async Task AgreeAsync(string model, Deployment[] deployments, CancellationToken cancellationToken)
    {
        var before = table.Find(model);
        var aliases = new Dictionary<string, VersionSlot>();
        var splits = new Dictionary<string, AliasSplit>();
        var loaded = new List<ModelLoaded>();
        foreach (var deployment in deployments)
        {
            var slot = Find(before, aliases, deployment) ?? await TryLoadAsync(deployment, loaded, cancellationToken);
            slot ??= before?.Aliases.GetValueOrDefault(deployment.Alias);
            if (slot is not null) aliases[deployment.Alias] = slot;
            // Shares are those of the version that the registry means: an older one that still serves keeps all its requests.
            if (slot?.Version == deployment.Version && deployment.Split.Count > 1)
                splits[deployment.Alias] = new(new(model, deployment.Split), await FindOthersAsync(before, aliases, deployment, loaded, cancellationToken));
        }

        if (!SameAs(before, aliases, splits) && !IsUnloaded(model))
            Switch(model, entry => entry is null ? new ModelEntry(model, aliases, splits, []) : entry.WithAliases(aliases, splits));
        foreach (var version in loaded) announcer.Announce(version);
    }

    /// <summary>The versions that share the alias's requests, loaded; one that cannot be leaves its share to the champion.</summary>
    private async Task<IReadOnlyList<VersionSlot>> FindOthersAsync(ModelEntry? before, Dictionary<string, VersionSlot> aliases,
        Deployment deployment, List<ModelLoaded> loaded, CancellationToken cancellationToken)
    {
        var others = new List<VersionSlot>();
        foreach (var version in TrafficSplit.Others(deployment.Split))
        {
            var there = aliases.Values.Concat(before?.Versions ?? []).FirstOrDefault(slot => slot.Version == version);
            var slot = there ?? await FindSlotAsync(deployment.Model, version, cancellationToken);
            // One that was put out for want of room comes back here: nobody waits for it, as the champion answers meanwhile.
            if (slot is not null && (slot.Loaded is not null || await TryFillAsync(slot, loaded, cancellationToken))) others.Add(slot);
        }

        return others;
    }

    private async Task<VersionSlot?> FindSlotAsync(string model, string version, CancellationToken cancellationToken) =>
        await _registry.FindVersionAsync(model, version, cancellationToken) is { } description ? new VersionSlot(description) : null;

    private static Deployment Describe(string alias, ModelVersionDescription version, IReadOnlyList<DeploymentShare>? split) => new()
    {
        Model = version.Model,
        Alias = alias,
        Version = version.Version,
        Sha256 = version.Sha256,
        Description = version,
        Split = split ?? [],
    };

    /// <summary>The deployment's version, where it has a slot already.</summary>
    private static VersionSlot? Find(ModelEntry? before, Dictionary<string, VersionSlot> aliases, Deployment deployment) =>
        aliases.Values.Concat(before?.Versions ?? [])
            .FirstOrDefault(slot => slot.Version == deployment.Version && slot.Description.Sha256 == deployment.Sha256);

    private void Switch(string model, Func<ModelEntry?, ModelEntry?> change)
    {
        var before = table.Find(model);
        var closed = table.Update(model, change);
        foreach (var (alias, slot) in table.Find(model)?.Aliases ?? new Dictionary<string, VersionSlot>())
            if (before?.Aliases.GetValueOrDefault(alias) != slot) logger.Switched(model, alias, slot.Version);
        foreach (var slot in closed) logger.Retired(model, slot.Version);
    }

    private async Task<VersionSlot?> TryLoadAsync(Deployment deployment, List<ModelLoaded> loaded, CancellationToken cancellationToken)
    {
        var slot = new VersionSlot(deployment.Description);
        return await TryFillAsync(slot, loaded, cancellationToken) ? slot : null;
    }

    private async Task<bool> TryFillAsync(VersionSlot slot, List<ModelLoaded> loaded, CancellationToken cancellationToken)
    {
        try
        {
            if (await keeper.FillAsync(slot, cancellationToken) is { } version) loaded.Add(version);
            _failures.Remove(slot.Model, slot.Version);
            return true;
        }
#pragma warning disable CA1031 // whatever keeps one version from loading, the others go on and the old one serves
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Fail(slot, OnDemand.IsRegistryAway(exception, cancellationToken) ? ModelErrors.RegistryAway.Detail : exception.Message);
            return false;
        }
    }

    /// <summary>Says so once, however often the load is tried again in vain.</summary>
    private void Fail(VersionSlot slot, string reason)
    {
        if (!_failures.Add(slot.Model, slot.Version, reason)) return;
        logger.LoadFailed(slot.Model, slot.Version, reason);
        announcer.Announce(new ModelLoadFailed
        {
            Model = slot.Model,
            Version = slot.Version,
            Sha256 = slot.Description.Sha256,
            Reason = reason,
            At = _time.GetUtcNow(),
        });
    }

    private static bool SameAs(ModelEntry? entry, Dictionary<string, VersionSlot> aliases, Dictionary<string, AliasSplit> splits)
    {
        if (entry is null) return aliases.Count == 0;
        return entry.Aliases.Count == aliases.Count && aliases.All(alias => entry.Aliases.Contains(alias))
            && entry.Splits.Count == splits.Count && splits.All(split => entry.FindSplit(split.Key)?.IsSameAs(split.Value) == true);
    }
}
