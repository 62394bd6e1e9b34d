using System.Collections.Frozen;
using Platform.Inference.Routing;

namespace Platform.Inference.Models;

/// <summary>
/// One model as it serves: its versions by number, and by alias. Versions without an alias are there because somebody called
/// them by number. Never changes; a change makes a new entry.
/// </summary>
internal sealed class ModelEntry
{
    public const string Champion = RouteRole.Champion;

    private const string ByNumber = "version";

    private readonly FrozenDictionary<string, VersionSlot> _aliases;
    private readonly FrozenDictionary<string, VersionSlot> _versions;
    private readonly FrozenDictionary<string, AliasSplit>? _splits;

    public ModelEntry(
        string name, IReadOnlyDictionary<string, VersionSlot> aliases, IReadOnlyDictionary<string, AliasSplit> splits, IEnumerable<VersionSlot> called)
    {
        Name = name;
        _aliases = aliases.ToFrozenDictionary();
        _splits = splits.Count == 0 ? null : splits.ToFrozenDictionary();
        _versions = aliases.Values.Concat(splits.Values.SelectMany(split => split.Others)).Concat(called).DistinctBy(slot => slot.Version).ToFrozenDictionary(slot => slot.Version);
    }

    /// <summary>Why a caller who names this gets the version that he gets: the alias, or "version" where it is a number; the champion without a name.</summary>
    public static string RouteOf(string? versionOrAlias)
    {
        if (versionOrAlias is null) return Champion;
        return versionOrAlias.All(char.IsAsciiDigit) ? ByNumber : versionOrAlias;
    }

    public string Name { get; }

    /// <summary>Versions by the aliases that name them.</summary>
    public IReadOnlyDictionary<string, VersionSlot> Aliases => _aliases;

    /// <summary>How the requests to aliases are divided, where they are.</summary>
    public IReadOnlyDictionary<string, AliasSplit> Splits => _splits ?? FrozenDictionary<string, AliasSplit>.Empty;

    /// <summary>All versions, lowest number first.</summary>
    public IEnumerable<VersionSlot> Versions =>
        _versions.Values.OrderBy(slot => slot.Version.Length).ThenBy(slot => slot.Version, StringComparer.Ordinal);

    /// <summary>The version for a number, an alias, or null for the champion; null when there is none.</summary>
    public VersionSlot? Find(string? versionOrAlias) =>
        _aliases.GetValueOrDefault(versionOrAlias ?? Champion) ?? (versionOrAlias is null ? null : _versions.GetValueOrDefault(versionOrAlias));

    /// <summary>How the requests to an alias, or null for the champion, are divided; null where they are not.</summary>
    public AliasSplit? FindSplit(string? alias) => _splits?.GetValueOrDefault(alias ?? Champion);

    /// <summary>The aliases that name a version.</summary>
    public IEnumerable<string> AliasesOf(string version) =>
        _aliases.Where(alias => alias.Value.Version == version).Select(alias => alias.Key).Order(StringComparer.Ordinal);

    /// <summary>The same versions under other aliases. Versions that had an alias, or a part in a split, and have none any more go.</summary>
    public ModelEntry WithAliases(IReadOnlyDictionary<string, VersionSlot> aliases, IReadOnlyDictionary<string, AliasSplit> splits) =>
        new(Name, aliases, splits, _versions.Values.Except(_aliases.Values).Except(Splits.Values.SelectMany(split => split.Others)));

    /// <summary>With one more version, unless it is there.</summary>
    public ModelEntry With(VersionSlot called) => _versions.ContainsKey(called.Version)
        ? this
        : new ModelEntry(Name, _aliases, Splits, _versions.Values.Append(called));
}
