namespace Platform.Onnx.Inspection;

/// <summary>What an uploaded file may hold.</summary>
public sealed record InspectionLimits
{
    /// <summary>Operator domains that ONNX Runtime itself implements.</summary>
    public static IReadOnlySet<string> BuiltInDomains { get; } = new HashSet<string>
    {
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "com.microsoft",
    };

    /// <summary>Largest ONNX file, in bytes, without its data files. A protobuf message ends at 2 GiB in any case.</summary>
    public long MaxBytes { get; init; } = int.MaxValue;

    /// <summary>Most operators, with those of subgraphs and of functions wherever they are used.</summary>
    public int MaxNodes { get; init; } = 200_000;

    /// <summary>How deep graphs may lie inside operators (loops, conditions).</summary>
    public int MaxDepth { get; init; } = 16;

    /// <summary>Operator domains that are accepted. Functions that the file defines itself need no mention here.</summary>
    public IReadOnlySet<string> Domains { get; init; } = BuiltInDomains;
}
