namespace Platform.Contracts.Registry;

/// <summary>One of the files that a version's model consists of.</summary>
public sealed record ModelFileDescription
{
    /// <summary>Its name, by which the model's tensors know it; model.onnx is the ONNX file.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its size in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>SHA-256 of its content, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";
}
