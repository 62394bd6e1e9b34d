using System.Text.Json.Serialization;

namespace Platform.Contracts.Registry;

/// <summary>A version as the registry's HTTP API describes it.</summary>
public sealed record ModelVersionDescription
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number as text.</summary>
    public string Version { get; init; } = "";

    /// <summary>pipeline where the file is one's document; absent for a model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>ready, or not_servable where there is no model file that could be served.</summary>
    public string Status { get; init; } = "";

    /// <summary>Why the version cannot be served, and what would help; null where it can.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StatusMessage { get; init; }

    /// <summary>SHA-256 of the model file, lower-case hex; empty where there is none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Size of the model file in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>
    /// The files of a model that keeps values outside its ONNX file, that one first; absent for a model in one file. The model file is a tar archive of
    /// them then.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ModelFileDescription>? Files { get; init; }

    /// <summary>When the version was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Aliases that name this version now.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Inputs and outputs.</summary>
    public ModelSignature Signature { get; init; } = new();

    /// <summary>Version of the default operator set.</summary>
    public long Opset { get; init; }

    /// <summary>The program that wrote the file, as the file says.</summary>
    public string Producer { get; init; } = "";

    /// <summary>
    /// The build of the platform that has tried the file out in a process of its own, an opaque text; absent for what was registered before builds
    /// were told apart. A service of another build tries it out once more before it opens it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? VettedBy { get; init; }

    /// <summary>What the author says of it.</summary>
    public VersionMetadata Metadata { get; init; } = new();

    /// <summary>The reference dataset; null when none was uploaded.</summary>
    public ReferenceDescription? Reference { get; init; }

    /// <summary>The package that the model file came in; null where it was uploaded alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelPackage? Package { get; init; }

    /// <summary>The versions that a pipeline asks, in the order of its steps; absent for a model. Whoever loads it needs their files, too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PipelinePart>? Parts { get; init; }
}
