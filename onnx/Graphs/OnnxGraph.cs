namespace Platform.Onnx.Graphs;

/// <summary>A graph: the model's own, or one inside an operator (a branch, the body of a loop).</summary>
internal sealed class OnnxGraph
{
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Weights and other constants by name.</summary>
    public Dictionary<string, OnnxConstant> Constants { get; } = [];

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];
}

/// <summary>An input or output.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="ElementType">The type of its elements, by onnx.proto's number; 0 where it is no tensor.</param>
/// <param name="Shape">Its dimensions: a size, a name, or neither; null where the file does not give the rank.</param>
internal sealed record OnnxValue(string Name, int ElementType, IReadOnlyList<OnnxDimension>? Shape);

/// <summary>One dimension of an <see cref="OnnxValue"/>.</summary>
internal readonly record struct OnnxDimension(long? Size, string? Name);
