using System.Collections.Frozen;

namespace Platform.Inference.Models;

/// <summary>
/// One model as it serves: its versions by number, and by alias. Versions without an alias are there because somebody called
/// them by number. Never changes; a change makes a new entry.
/// </summary>
internal sealed class ModelEntry
{
    public const string Champion = "champion";

    private const string ByNumber = "version";

    private readonly FrozenDictionary<string, VersionSlot> _aliases;
    private readonly FrozenDictionary<string, VersionSlot> _versions;

    public ModelEntry(string name, IReadOnlyDictionary<string, VersionSlot> aliases, IEnumerable<VersionSlot> called)
    {
        Name = name;
        _aliases = aliases.ToFrozenDictionary();
        _versions = aliases.Values.Concat(called).DistinctBy(slot => slot.Version).ToFrozenDictionary(slot => slot.Version);
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

    /// <summary>All versions, lowest number first.</summary>
    public IEnumerable<VersionSlot> Versions =>
        _versions.Values.OrderBy(slot => slot.Version.Length).ThenBy(slot => slot.Version, StringComparer.Ordinal);

    /// <summary>The version for a number, an alias, or null for the champion; null when there is none.</summary>
    public VersionSlot? Find(string? versionOrAlias) =>
        _aliases.GetValueOrDefault(versionOrAlias ?? Champion) ?? (versionOrAlias is null ? null : _versions.GetValueOrDefault(versionOrAlias));

    /// <summary>The aliases that name a version.</summary>
    public IEnumerable<string> AliasesOf(string version) =>
        _aliases.Where(alias => alias.Value.Version == version).Select(alias => alias.Key).Order(StringComparer.Ordinal);

    /// <summary>The same versions under other aliases. Versions that had an alias and have none any more go.</summary>
    public ModelEntry WithAliases(IReadOnlyDictionary<string, VersionSlot> aliases) =>
        new(Name, aliases, _versions.Values.Except(_aliases.Values));

    /// <summary>With one more version, unless it is there.</summary>
    public ModelEntry With(VersionSlot called) => _versions.ContainsKey(called.Version)
        ? this
        : new ModelEntry(Name, _aliases, _versions.Values.Append(called));
}
