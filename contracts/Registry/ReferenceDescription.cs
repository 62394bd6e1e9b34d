namespace Platform.Contracts.Registry;

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
