using System.Collections.Frozen;

namespace Platform.Inference.Models;

/// <summary>
/// What serves now. Readers never wait: a change puts a new table in the place of the old one. Only
/// <see cref="DeploymentSync"/> writes.
/// </summary>
internal sealed class ModelTable
{
    private FrozenDictionary<string, ModelEntry> _models = FrozenDictionary<string, ModelEntry>.Empty;

    public IEnumerable<ModelEntry> Models => Volatile.Read(ref _models).Values.OrderBy(model => model.Name, StringComparer.Ordinal);

    public ModelEntry? Find(string model) => Volatile.Read(ref _models).GetValueOrDefault(model);

    /// <summary>
    /// Takes a lease on the version for a number, an alias, or null for the champion; null when there is none. Whoever gets one
    /// releases it.
    /// </summary>
    public LoadedVersion? Acquire(string model, string? versionOrAlias, out string route)
    {
        while (Find(model)?.Find(versionOrAlias, out route) is { } version)
        {
            // A version that retires between the look and the lease has been replaced by then: look again.
            if (version.TryAcquire()) return version;
        }

        route = "";
        return null;
    }

    /// <summary>Replaces one model's entry, or removes it, and retires the versions that no alias names any more.</summary>
    public IReadOnlyList<LoadedVersion> Replace(string model, ModelEntry? entry)
    {
        var before = Find(model);
        var models = Volatile.Read(ref _models).Where(pair => pair.Key != model);
        if (entry is not null) models = models.Append(new(model, entry));
        Volatile.Write(ref _models, models.ToFrozenDictionary());

        var retired = before?.Versions.Except(entry?.Versions ?? []).ToArray() ?? [];
        foreach (var version in retired) version.Retire();
        return retired;
    }
}
