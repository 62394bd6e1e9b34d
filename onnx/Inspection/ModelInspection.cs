namespace Platform.Onnx.Inspection;

/// <summary>What a file says of itself, read without running it. Where it is not acceptable, <see cref="Problem"/> says why.</summary>
public sealed record ModelInspection
{
    /// <summary>Why the file is refused, in a sentence for whoever uploaded it; null when it is acceptable.</summary>
    public string? Problem { get; init; }

    public bool Accepted => Problem is null;

    /// <summary>Version of the file format.</summary>
    public long IrVersion { get; init; }

    /// <summary>Version of the default operator set; 0 when the file imports none.</summary>
    public long Opset => OperatorSets.GetValueOrDefault("");

    /// <summary>Versions of the imported operator sets by domain; the default domain is the empty text.</summary>
    public IReadOnlyDictionary<string, long> OperatorSets { get; init; } = new Dictionary<string, long>();

    /// <summary>The program that wrote the file, with its version where it gives one.</summary>
    public string Producer { get; init; } = "";

    /// <summary>Domains of the operators that are used, subgraphs and functions included; the default domain is the empty text.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Other files that tensors point to, as written in the file.</summary>
    public IReadOnlyList<string> ExternalData { get; init; } = [];

    /// <summary>Operators, with those of subgraphs and of functions wherever they are used.</summary>
    public int Nodes { get; init; }
}
