using System.Text.Json;

namespace Platform.Contracts.Inference;

/// <summary>A tensor in the prediction log.</summary>
public sealed record LoggedTensor
{
    /// <summary>The tensor's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Open Inference Protocol v2 datatype.</summary>
    public string Datatype { get; init; } = "";

    /// <summary>Actual dimensions.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>Feature names of the columns of one flattened row, where the version's metadata names them; else null.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>
    /// The elements as one JSON array, flat and row-major. A dropped feature's cell is null, a hashed one's a string: the id of the
    /// key, a colon and the hash. Where <see cref="Stride"/> is above 1, only every Stride-th element.
    /// </summary>
    public JsonElement Data { get; init; }

    /// <summary>1 when <see cref="Data"/> is complete; above 1 when a large tensor was sampled.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>
    /// <c>xxh3:…</c> of the raw little-endian elements of a sampled tensor, to tell whether two are the same; null when the
    /// data is complete.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>
    /// One summary a row of a sampled numeric tensor; null when the data is complete, a column is hidden or there are thousands of rows.
    /// </summary>
    public IReadOnlyList<TensorSummary>? Summaries { get; init; }
}
