using System.Collections.Frozen;

namespace Platform.Inference.Models;

/// <summary>What serves now. Readers never wait: a change puts a new table in the place of the old one.</summary>
internal sealed class ModelTable
{
    private readonly Lock _changes = new();
    private FrozenDictionary<string, ModelEntry> _models = FrozenDictionary<string, ModelEntry>.Empty;

    public IEnumerable<ModelEntry> Models => Volatile.Read(ref _models).Values.OrderBy(model => model.Name, StringComparer.Ordinal);

    public IEnumerable<LoadedVersion> Loaded =>
        Volatile.Read(ref _models).Values.SelectMany(model => model.Versions).Select(slot => slot.Loaded).OfType<LoadedVersion>();

    public ModelEntry? Find(string model) => Volatile.Read(ref _models).GetValueOrDefault(model);

    /// <summary>The slot for a number, an alias, or null for the champion; null when there is none.</summary>
    public VersionSlot? FindSlot(string model, string? versionOrAlias) => Find(model)?.Find(versionOrAlias);

    /// <summary>
    /// A lease on the version for a number, an alias, or null for the champion; null when none is loaded. Whoever gets one
    /// releases it.
    /// </summary>
    public LoadedVersion? Acquire(string model, string? versionOrAlias)
    {
        while (FindSlot(model, versionOrAlias) is { } slot)
        {
            if (slot.TryAcquire() is { } version) return version;
            // Between the look and the lease it may have been replaced: then there is another slot by now.
            if (FindSlot(model, versionOrAlias) == slot) break;
        }

        return null;
    }

    /// <inheritdoc cref="Acquire(string, string?)"/>
    /// <param name="model">The model's name.</param>
    /// <param name="versionOrAlias">A version's number or an alias; null for the champion.</param>
    /// <param name="split">How the alias's requests are divided; null where they are not.</param>
    public LoadedVersion? Acquire(string model, string? versionOrAlias, out AliasSplit? split)
    {
        var entry = Find(model);
        split = entry?.FindSplit(versionOrAlias);
        return entry?.Find(versionOrAlias)?.TryAcquire() ?? Acquire(model, versionOrAlias);
    }

    /// <summary>
    /// Replaces one model's entry by what <paramref name="change"/> makes of it, null to remove it, and closes the slots that are
    /// in it no more.
    /// </summary>
    /// <returns>The slots that were closed.</returns>
    public IReadOnlyList<VersionSlot> Update(string model, Func<ModelEntry?, ModelEntry?> change)
    {
        VersionSlot[] closed;
        lock (_changes)
        {
            var before = Find(model);
            var after = change(before);
            if (before == after) return [];

            var models = _models.Where(pair => pair.Key != model);
            if (after is not null) models = models.Append(new(model, after));
            Volatile.Write(ref _models, models.ToFrozenDictionary());
            closed = before?.Versions.Except(after?.Versions ?? []).ToArray() ?? [];
        }

        foreach (var slot in closed) slot.Close();
        return closed;
    }
}
