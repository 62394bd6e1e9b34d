using Platform.Onnx.Inspection;

namespace Platform.Onnx.Graphs;

/// <summary>One use of an operator.</summary>
internal sealed class OnnxNode
{
    public string Name { get; set; } = "";

    public OperatorName Operator { get; set; } = new("", "");

    /// <summary>Names of tensors; empty text for an optional one that is left out.</summary>
    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, OnnxAttribute> Attributes { get; } = [];
}

/// <summary>An attribute's value, in whichever of its forms the file gives it.</summary>
internal sealed class OnnxAttribute
{
    public string Name { get; set; } = "";

    /// <summary>Inside a function: the attribute of its use that this one takes its value from.</summary>
    public string Reference { get; set; } = "";

    public long Integer { get; set; }

    public float Number { get; set; }

    public string? Text { get; set; }

    public List<long> Integers { get; } = [];

    public List<float> Singles { get; } = [];

    public List<string> Texts { get; } = [];

    public OnnxConstant? Tensor { get; set; }

    public OnnxGraph? Graph { get; set; }

    /// <summary>True where the file holds more values than are looked at: then nothing may be concluded from those that are here.</summary>
    public bool Truncated { get; set; }
}
