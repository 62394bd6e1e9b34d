using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;

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
            var serving = table.Find(version.Model)?.Aliases ?? new Dictionary<string, VersionSlot>();
            if (serving.ContainsKey(alias) || IsUnloaded(version.Model) || _failures.Contains(version.Model, version.Version)) return;
            Deployment[] wanted = [.. serving.Select(other => Describe(other.Key, other.Value.Description)), Describe(alias, version)];
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
        var loaded = new List<ModelLoaded>();
        foreach (var deployment in deployments)
        {
            var slot = Find(before, aliases, deployment) ?? await TryLoadAsync(deployment, loaded, cancellationToken);
            slot ??= before?.Aliases.GetValueOrDefault(deployment.Alias);
            if (slot is not null) aliases[deployment.Alias] = slot;
        }

        if (!SameAs(before, aliases) && !IsUnloaded(model))
            Switch(model, entry => entry is null ? new ModelEntry(model, aliases, []) : entry.WithAliases(aliases));
        foreach (var version in loaded) announcer.Announce(version);
    }

    private static Deployment Describe(string alias, ModelVersionDescription version) => new()
    {
        Model = version.Model,
        Alias = alias,
        Version = version.Version,
        Sha256 = version.Sha256,
        Description = version,
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
        try
        {
            var slot = new VersionSlot(deployment.Description);
            if (await keeper.FillAsync(slot, cancellationToken) is { } version) loaded.Add(version);
            _failures.Remove(deployment.Model, deployment.Version);
            return slot;
        }
#pragma warning disable CA1031 // whatever keeps one version from loading, the others go on and the old one serves
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Fail(deployment, OnDemand.IsRegistryAway(exception, cancellationToken) ? ModelErrors.RegistryAway.Detail : exception.Message);
            return null;
        }
    }

    /// <summary>Says so once, however often the load is tried again in vain.</summary>
    private void Fail(Deployment deployment, string reason)
    {
        if (!_failures.Add(deployment.Model, deployment.Version, reason)) return;
        logger.LoadFailed(deployment.Model, deployment.Version, reason);
        announcer.Announce(new ModelLoadFailed
        {
            Model = deployment.Model,
            Version = deployment.Version,
            Sha256 = deployment.Sha256,
            Reason = reason,
            At = _time.GetUtcNow(),
        });
    }

    private static bool SameAs(ModelEntry? entry, Dictionary<string, VersionSlot> aliases) =>
        entry is null ? aliases.Count == 0 : entry.Aliases.Count == aliases.Count && aliases.All(alias => entry.Aliases.Contains(alias));
}
