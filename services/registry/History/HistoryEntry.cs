using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;
using Platform.Registry.Policies;

namespace Platform.Registry.History;

/// <summary>Something that was done to a model: what, when, by whom and why.</summary>
internal sealed record HistoryEntry
{
    /// <summary>Counts from 1 within the model, without gaps.</summary>
    public int Sequence { get; init; }

    public string Model { get; init; } = "";

    /// <summary>One of <see cref="HistoryAction"/>.</summary>
    [OneOf(typeof(HistoryAction))]
    public required string Action { get; init; }

    /// <summary>The id of the promotion or roll-back, in all that is told of it; null for anything else.</summary>
    public string? Id { get; init; }

    /// <summary>How traffic moves, of a promotion that takes its time; absent of anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Strategy { get; init; }

    public string? Version { get; init; }

    public string? Alias { get; init; }

    public string? PreviousVersion { get; init; }

    /// <summary>What the gates measured, in a promotion that passed or was refused.</summary>
    public IReadOnlyList<GateRecord>? Gates { get; init; }

    /// <summary>Why a version was promoted although gates failed; left out where none was set aside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GateOverride? Override { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public string? Reason { get; init; }

    /// <summary>The hash of the entry before, lower-case hex; 64 zeros in the first entry that has one, left out of entries of before there were hashes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousHash { get; init; }

    /// <summary>SHA-256 of all else in the entry, <see cref="PreviousHash"/> included, in canonical JSON; lower-case hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hash { get; init; }
}
