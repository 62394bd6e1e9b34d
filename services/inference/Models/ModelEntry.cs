using System.Collections.Frozen;

namespace Platform.Inference.Models;

/// <summary>One model as it serves: its versions by number, and by alias. Never changes; a change makes a new entry.</summary>
internal sealed class ModelEntry(string name, IReadOnlyDictionary<string, LoadedVersion> aliases)
{
    public const string Champion = "champion";

    private readonly FrozenDictionary<string, LoadedVersion> _aliases = aliases.ToFrozenDictionary();
    private readonly FrozenDictionary<string, LoadedVersion> _versions =
        aliases.Values.Distinct().ToFrozenDictionary(version => version.Version);

    public string Name { get; } = name;

    /// <summary>Versions by the aliases that name them.</summary>
    public IReadOnlyDictionary<string, LoadedVersion> Aliases => _aliases;

    /// <summary>The versions that serve, lowest number first.</summary>
    public IEnumerable<LoadedVersion> Versions =>
        _versions.Values.OrderBy(version => version.Version.Length).ThenBy(version => version.Version, StringComparer.Ordinal);

    /// <summary>The version for a number, an alias, or null for the champion; null when there is none.</summary>
    public LoadedVersion? Find(string? versionOrAlias, out string route)
    {
        route = versionOrAlias ?? Champion;
        if (_aliases.TryGetValue(route, out var version)) return version;
        route = "version";
        return versionOrAlias is null ? null : _versions.GetValueOrDefault(versionOrAlias);
    }
}
