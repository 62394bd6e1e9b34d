using Platform.Contracts.Registry;

namespace Platform.Registry.Models;

/// <summary>What an alias names, and what it named before.</summary>
internal sealed record AliasState
{
    // Deep enough for any real roll-back, and a bound on the document.
    private const int MaxBefore = 100;

    public required string Version { get; init; }

    /// <summary>The versions that a roll-back returns to, the next one last.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>How traffic moved to the version.</summary>
    public string Strategy { get; init; } = "immediate";

    /// <summary>The promotion that is under way; null where none is.</summary>
    public string? Rollout { get; init; }

    /// <summary>How the alias's requests are divided; empty where all go to <see cref="Version"/>.</summary>
    public IReadOnlyList<DeploymentShare> Split { get; init; } = [];

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// When the version was promoted, as long as an alert may still take that back by itself: once, and not after somebody has rolled back. Null where
    /// the alias was set otherwise.
    /// </summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>The state after the alias has been promoted to <paramref name="version"/>.</summary>
    public static AliasState Promote(AliasState? from, string version, DateTimeOffset at) =>
        Move(from, version, at) with { PromotedAt = from?.Version == version ? from.PromotedAt : at };

    /// <summary>The state after the alias has come to name <paramref name="version"/>.</summary>
    public static AliasState Move(AliasState? from, string version, DateTimeOffset at) => new()
    {
        Version = version,
        At = at,
        Before = from is null ? []
            : from.Version == version ? from.Before
            : [.. from.Before.Append(from.Version).TakeLast(MaxBefore)],
    };

    /// <summary>The state after a roll-back, or null when the alias has named nothing before.</summary>
    public AliasState? Back(DateTimeOffset at) => Before.Count == 0
        ? null
        : new AliasState { Version = Before[^1], Before = [.. Before.SkipLast(1)], At = at };
}
