namespace Platform.Contracts.Registry;

/// <summary>A version as the registry's HTTP API describes it.</summary>
public sealed record ModelVersionDescription
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number as text.</summary>
    public string Version { get; init; } = "";

    /// <summary>ready.</summary>
    public string Status { get; init; } = "";

    /// <summary>SHA-256 of the model file, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Size of the model file in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>When the version was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Aliases that name this version now.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Inputs and outputs.</summary>
    public ModelSignature Signature { get; init; } = new();

    /// <summary>Version of the default operator set.</summary>
    public long Opset { get; init; }

    /// <summary>The program that wrote the file, as the file says.</summary>
    public string Producer { get; init; } = "";

    /// <summary>What the author says of it.</summary>
    public VersionMetadata Metadata { get; init; } = new();

    /// <summary>The reference dataset; null when none was uploaded.</summary>
    public ReferenceDescription? Reference { get; init; }
}

/// <summary>The reference dataset of a version.</summary>
public sealed record ReferenceDescription
{
    /// <summary>Number of rows.</summary>
    public int Rows { get; init; }

    /// <summary>Digest of the uploaded file, <c>sha256:…</c>.</summary>
    public string Digest { get; init; } = "";

    /// <summary>
    /// Digest (<c>sha256:…</c>) of the artifact that holds the rows as JSON lines of <see cref="ReferenceRow"/>,
    /// as tensors of the version's signature.
    /// </summary>
    public string RowsDigest { get; init; } = "";

    /// <summary>
    /// Digest (<c>sha256:…</c>) of JSON lines of <see cref="ReferencePrediction"/>, line for line the version's answers
    /// to the rows; null until a gate has run them.
    /// </summary>
    public string? PredictionsDigest { get; init; }
}
