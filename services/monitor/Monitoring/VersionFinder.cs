using Platform.Hosting.Deployments;
using Platform.Hosting.Errors;
using Platform.Monitor.State;
using Platform.Monitor.Versions;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Monitoring;

/// <summary>Finds the version that a caller means.</summary>
internal sealed class VersionFinder(ServingVersions serving, RegistryClient registry, LedgerKeeper keeper)
{
    // Versions count from 1, so a model that has any has this one.
    private const string FirstVersion = "1";

    /// <summary>The version with that number or alias; without one the champion, else the one with the latest traffic.</summary>
    public async Task<Result<VersionKey>> FindAsync(string model, string? version, CancellationToken cancellationToken)
    {
        try
        {
            return string.IsNullOrEmpty(version)
                ? await FindWatchedAsync(model, cancellationToken)
                : await FindNamedAsync(model, version, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
    }

    /// <summary>Whether there is such a model; assumed while the registry cannot be asked.</summary>
    public async Task<bool> ModelExistsAsync(string model, CancellationToken cancellationToken)
    {
        if (serving.Knows(model))
            return true;

        try
        {
            return await registry.FindVersionAsync(model, FirstVersion, cancellationToken) is not null;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    private async Task<Result<VersionKey>> FindNamedAsync(string model, string version, CancellationToken cancellationToken)
    {
        if (serving.VersionOf(model, version) is { } aliased)
            return new VersionKey(model, aliased);
        if (serving.Find(new(model, version)) is not null)
            return new VersionKey(model, version);
        return await registry.FindVersionAsync(model, version, cancellationToken) is { } found
            ? new VersionKey(model, found.Version)
            : MonitoringErrors.UnknownVersion(model, version);
    }

    private async Task<Result<VersionKey>> FindWatchedAsync(string model, CancellationToken cancellationToken)
    {
        if (serving.ChampionOf(model) is { } champion)
            return new VersionKey(model, champion);

        var latest = await keeper.ChangeAsync(
            ledger => ledger.Versions.All.Where(version => version.Key.Model == model).MaxBy(version => version.LastSeen)?.Key,
            cancellationToken);
        if (latest is { } watched)
            return watched;
        return await ModelExistsAsync(model, cancellationToken)
            ? MonitoringErrors.NothingServes(model)
            : MonitoringErrors.UnknownModel(model);
    }
}
