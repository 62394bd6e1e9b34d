using Platform.Registry.Gates;
using Platform.Registry.Policies;

namespace Platform.Registry.Models;

/// <summary>
/// A model as it is stored: the one document that every change of the model goes through. Its revision therefore orders
/// promotions, uploads and alias changes, and its counters number versions and history without gaps.
/// </summary>
internal sealed record Model
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public GatePolicy Gates { get; init; } = new();

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>When it, or one of its versions, last changed (UTC); null for a model of before this was kept.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether it has been deleted. Its document stays, so that a later model of its name goes on counting versions and history.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>How many versions there are: the number of the latest one.</summary>
    public int Versions { get; init; }

    /// <summary>How many entries its history has.</summary>
    public int HistoryLength { get; init; }

    /// <summary>The hash of the latest of them; null where that is from before there were hashes.</summary>
    public string? HistoryHash { get; init; }

    public IReadOnlyDictionary<string, AliasState> Aliases { get; init; } = new Dictionary<string, AliasState>();

    /// <summary>The model with an alias moved or, when <paramref name="state"/> is null, removed.</summary>
    public Model With(string alias, AliasState? state)
    {
        var aliases = new SortedDictionary<string, AliasState>(Aliases.ToDictionary(), StringComparer.Ordinal);
        aliases.Remove(alias);
        if (state is not null) aliases[alias] = state;
        return this with { Aliases = aliases };
    }

    /// <summary>The promotion under way of which a version is part; null where there is none.</summary>
    public string? RolloutOf(string version) =>
        Aliases.Values.FirstOrDefault(alias => alias.Rollout is not null && alias.Split.Any(share => share.Version == version))?.Rollout;

    /// <summary>The aliases that name a version now, in ordinal order.</summary>
    public IReadOnlyList<string> AliasesOf(string version) =>
        [.. Aliases.Where(alias => alias.Value.Version == version).Select(alias => alias.Key).Order(StringComparer.Ordinal)];
}
