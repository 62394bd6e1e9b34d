using System.Text.Json.Serialization;

namespace Platform.Contracts.Registry;

/// <summary>A version that a pipeline asks.</summary>
public sealed record PipelinePart
{
    /// <summary>The step's name within the pipeline.</summary>
    public string Step { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number as text: what it was when the pipeline was made, and stays.</summary>
    public string Version { get; init; } = "";

    /// <summary>The alias that named the version then; absent where the version was given by its number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Alias { get; init; }

    /// <summary>SHA-256 of the version's file, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Size of that file in bytes.</summary>
    public long SizeBytes { get; init; }
}
