using Platform.Onnx.Inspection;

namespace Platform.Onnx.Graphs;

/// <summary>An ONNX file as far as its structure goes; large weights stay in the file.</summary>
internal sealed class OnnxModel
{
    public required OnnxGraph Graph { get; init; }

    /// <summary>Versions of the imported operator sets by domain; the default domain is the empty text.</summary>
    public required IReadOnlyDictionary<string, long> OperatorSets { get; init; }

    /// <summary>Functions of the file's own, which stand for operators.</summary>
    public required IReadOnlyDictionary<OperatorName, OnnxFunction> Functions { get; init; }
}

/// <summary>A function of the file's own.</summary>
internal sealed class OnnxFunction
{
    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Values of attributes that a use of the function does not give.</summary>
    public Dictionary<string, OnnxAttribute> Defaults { get; } = [];

    public Dictionary<string, long> OperatorSets { get; } = [];
}
