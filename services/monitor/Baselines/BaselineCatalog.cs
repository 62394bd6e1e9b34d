using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;
using Platform.Monitor.Versions;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Baselines;

/// <summary>The baselines of the versions in use: built when first asked for, rebuilt when the registry knows more.</summary>
internal sealed class BaselineCatalog(
    BaselineBuilder builder, RegistryClient registry, ServingVersions serving, IOptions<BaselineOptions> options,
    ILogger<BaselineCatalog> logger) : IDisposable
{
    private readonly SemaphoreSlim _building = new(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<VersionKey, LinkedListNode<Baseline>> _baselines = [];
    private readonly LinkedList<Baseline> _byUse = [];

    /// <summary>
    /// The baseline of a version. One without a reference stands for a version that the registry does not know, or whose
    /// reference cannot be read. Throws <see cref="HttpRequestException"/> when the registry does not answer.
    /// </summary>
    public async ValueTask<Baseline> GetAsync(VersionKey version, CancellationToken cancellationToken)
    {
        if (FindCurrent(version) is { } known)
            return known;

        await _building.WaitAsync(cancellationToken);
        try
        {
            return FindCurrent(version) ?? Keep(await BuildAsync(version, cancellationToken));
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Builds the baselines of what serves before its traffic asks for them.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var version in serving.All.Take(options.Value.MaxVersions))
            await GetAsync(version, cancellationToken);
    }

    public void Dispose() => _building.Dispose();

    private Baseline? FindCurrent(VersionKey version)
    {
        lock (_lock)
        {
            if (!_baselines.TryGetValue(version, out var node))
                return null;
            if (serving.Find(version) is { } description && node.Value.IsOutdatedBy(description))
                return null;

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    private Baseline Keep(Baseline baseline)
    {
        lock (_lock)
        {
            if (_baselines.Remove(baseline.Key, out var outdated))
                _byUse.Remove(outdated);
            _baselines[baseline.Key] = _byUse.AddFirst(baseline);
            while (_byUse.Count > options.Value.MaxVersions)
            {
                _baselines.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }
        }

        return baseline;
    }

    private async Task<Baseline> BuildAsync(VersionKey version, CancellationToken cancellationToken)
    {
        // A request for a version that does not exist has none.
        var description = version.Version.Length == 0
            ? null
            : serving.Find(version) ?? await registry.FindVersionAsync(version.Model, version.Version, cancellationToken);
        if (description is null)
        {
            BaselinesLog.UnknownVersion(logger, version);
            return BaselineBuilder.WithoutReference(new() { Model = version.Model, Version = version.Version });
        }

        return await BuildAsync(WithSoundGroups(description), cancellationToken);
    }

    // A reference that can never be read must not keep the version's traffic from being watched.
    private async Task<Baseline> BuildAsync(ModelVersionDescription description, CancellationToken cancellationToken)
    {
        try
        {
            return await builder.BuildAsync(description, cancellationToken);
        }
        catch (Exception exception) when (IsPermanent(exception))
        {
            BaselinesLog.UnreadableReference(logger, exception, new(description.Model, description.Version));
            return BaselineBuilder.WithoutReference(description);
        }
    }

    // Groups that can never be made must not keep the log from being read either.
    private ModelVersionDescription WithSoundGroups(ModelVersionDescription description)
    {
        try
        {
            FairnessPlan.Of(
                description.Metadata.Fairness, _ => true,
                name => description.Metadata.Features?.FirstOrDefault(feature => feature.Name == name)?.Categories);
            return description;
        }
        catch (Exception exception) // nothing but the metadata is behind it
        {
            BaselinesLog.UnusableGroups(logger, exception, new(description.Model, description.Version));
            return description with { Metadata = description.Metadata with { Fairness = null } };
        }
    }

    private static bool IsPermanent(Exception exception) =>
        exception is JsonException or InvalidDataException or HttpRequestException { StatusCode: HttpStatusCode.NotFound };
}
