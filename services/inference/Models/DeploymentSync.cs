using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;

namespace Platform.Inference.Models;

/// <summary>
/// Makes what serves agree with the registry's snapshot. A version is loaded before anything is switched to it; one that fails
/// to load leaves in place what its alias named before, and is tried again at every later pass.
/// </summary>
internal sealed class DeploymentSync(
    RegistryClient registry, IOptions<RegistryOptions> options, VersionLoader loader, ModelTable table, ModelAnnouncer announcer,
    TimeProvider time, ILogger<DeploymentSync> logger) : DeploymentReconciler(registry, options, time, logger)
{
    private readonly Dictionary<(string Model, string Version), string> _failures = [];
    private readonly TimeProvider _time = time;

    /// <summary>Why the versions that should serve but do not could not be loaded.</summary>
    public IReadOnlyDictionary<(string Model, string Version), string> Failures
    {
        get { lock (_failures) return new Dictionary<(string, string), string>(_failures); }
    }

    /// <summary>Ends serving, after the last request has been answered.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var model in table.Models.ToArray()) table.Replace(model.Name, null);
    }

    protected override async Task ReconcileAsync(DeploymentSnapshot snapshot, CancellationToken cancellationToken)
    {
        var wanted = snapshot.Items.ToLookup(deployment => deployment.Model);
        foreach (var gone in table.Models.Where(model => !wanted.Contains(model.Name)).ToArray()) Switch(gone.Name, null);
        foreach (var model in wanted) await ReconcileAsync(model.Key, [.. model], cancellationToken);
    }

    private async Task ReconcileAsync(string model, Deployment[] deployments, CancellationToken cancellationToken)
    {
        var before = table.Find(model);
        var known = before?.Versions.ToDictionary(version => version.Version) ?? [];
        var aliases = new Dictionary<string, LoadedVersion>();
        foreach (var deployment in deployments)
        {
            var version = known.GetValueOrDefault(deployment.Version);
            if (version?.Description.Sha256 != deployment.Sha256) version = await TryLoadAsync(deployment, cancellationToken);
            if (version is not null) known[deployment.Version] = version;
            else version = before?.Aliases.GetValueOrDefault(deployment.Alias);
            if (version is not null) aliases[deployment.Alias] = version;
        }

        if (!SameAs(before, aliases)) Switch(model, aliases.Count == 0 ? null : new ModelEntry(model, aliases));
    }

    private void Switch(string model, ModelEntry? entry)
    {
        foreach (var (alias, version) in entry?.Aliases ?? new Dictionary<string, LoadedVersion>())
            logger.Switched(model, alias, version.Version);
        foreach (var version in table.Replace(model, entry)) logger.Retired(model, version.Version);
    }

    private async Task<LoadedVersion?> TryLoadAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        try
        {
            var version = await loader.LoadAsync(deployment.Description, cancellationToken);
            var elapsed = _time.GetElapsedTime(started).TotalMilliseconds;
            lock (_failures) _failures.Remove((deployment.Model, deployment.Version));
            logger.Loaded(deployment.Model, deployment.Version, version.Provider, elapsed, version.WarmUp.CanShare);
            await announcer.LoadedAsync(version, elapsed, cancellationToken);
            return version;
        }
#pragma warning disable CA1031 // whatever keeps one version from loading, the others go on and the old one serves
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await FailAsync(deployment, exception.Message, cancellationToken);
            return null;
        }
    }

    /// <summary>Says so once, however often the load is tried again in vain.</summary>
    private async Task FailAsync(Deployment deployment, string reason, CancellationToken cancellationToken)
    {
        lock (_failures)
        {
            if (_failures.GetValueOrDefault((deployment.Model, deployment.Version)) == reason) return;
            _failures[(deployment.Model, deployment.Version)] = reason;
        }

        logger.LoadFailed(deployment.Model, deployment.Version, reason);
        await announcer.FailedAsync(deployment, reason, cancellationToken);
    }

    private static bool SameAs(ModelEntry? entry, Dictionary<string, LoadedVersion> aliases) =>
        entry is null ? aliases.Count == 0 : entry.Aliases.Count == aliases.Count && aliases.All(alias => entry.Aliases.Contains(alias));
}
