using Platform.Onnx.Bundles;

namespace Platform.Onnx.Inspection;

/// <summary>
/// Walks through the graphs of an ONNX file and collects what decides whether it is acceptable. Field numbers are those of
/// onnx.proto (https://github.com/onnx/onnx); everything else, the weights above all, is passed over unread.
/// </summary>
internal sealed class GraphWalk(ProtobufReader reader, InspectionLimits limits, IReadOnlyDictionary<string, BundledFile> files)
{
    private int _nodes;

    public OperatorUse Operators { get; } = new();

    public ExternalUse External { get; } = new(files);

    /// <summary>The first input or output of the model whose type no caller can use, in words; null where there is none.</summary>
    public string? Unusable { get; private set; }

    public void Graph()
    {
        Operators.BeginGraph();
        Graph(depth: 0);
    }

    /// <summary>A function of the file's own, which may stand for an operator of any domain.</summary>
    public void Function()
    {
        string name = "", domain = "";
        Operators.BeginFunction();
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) name = reader.ReadText();
            else if (reader.Is(10, WireType.Bytes)) domain = reader.ReadText();
            else if (reader.Is(7, WireType.Bytes)) Node(depth: 0);
            else if (reader.Is(11, WireType.Bytes)) Attribute(depth: 0);
            else reader.SkipField();
        });
        Operators.EndFunction(new OperatorName(domain, name));
    }

    private void Graph(int depth)
    {
        if (depth > limits.MaxDepth) throw new InvalidDataException($"its graphs are nested more than {limits.MaxDepth} deep");
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) Node(depth);
            else if (reader.Is(5, WireType.Bytes)) Tensor();
            else if (reader.Is(15, WireType.Bytes)) SparseTensor();
            else if (depth == 0 && reader.Is(11, WireType.Bytes)) Value("input");
            else if (depth == 0 && reader.Is(12, WireType.Bytes)) Value("output");
            else reader.SkipField();
        });
    }

    /// <summary>An input or output of the model: its name, and the type of its elements where it is a tensor.</summary>
    private void Value(string role)
    {
        var (name, type) = ("", 0UL);
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) name = reader.ReadText();
            else if (reader.Is(2, WireType.Bytes)) Message(() =>
            {
                if (reader.Is(1, WireType.Bytes)) Message(() =>
                {
                    if (reader.Is(1, WireType.Varint)) type = reader.ReadVarint();
                    else reader.SkipField();
                });
                else reader.SkipField();
            });
            else reader.SkipField();
        });
        if (ElementTypeNames.FindUnusable(type) is { } unusable) Unusable ??= $"the {role} '{name}' has elements of type {unusable}";
    }

    private void Node(int depth)
    {
        if (++_nodes > limits.MaxNodes) throw new InvalidDataException($"it has more than {limits.MaxNodes} operators");
        string name = "", domain = "";
        Message(() =>
        {
            if (reader.Is(4, WireType.Bytes)) name = reader.ReadText();
            else if (reader.Is(7, WireType.Bytes)) domain = reader.ReadText();
            else if (reader.Is(5, WireType.Bytes)) Attribute(depth);
            else reader.SkipField();
        });
        Operators.Add(new OperatorName(domain, name));
    }

    private void Attribute(int depth) => Message(() =>
    {
        if (reader.Is(5, WireType.Bytes) || reader.Is(10, WireType.Bytes)) Tensor();
        else if (reader.Is(6, WireType.Bytes) || reader.Is(11, WireType.Bytes)) Graph(depth + 1);
        else if (reader.Is(22, WireType.Bytes) || reader.Is(23, WireType.Bytes)) SparseTensor();
        else reader.SkipField();
    });

    private void SparseTensor() => Message(() =>
    {
        if (reader.Is(1, WireType.Bytes) || reader.Is(2, WireType.Bytes)) Tensor();
        else reader.SkipField();
    });

    private void Tensor()
    {
        var tensor = new ExternalTensor();
        Message(() => tensor.ReadField(reader));
        if (tensor.IsElsewhere) External.Add(tensor);
    }

    private void Message(Action readField)
    {
        var outer = reader.Enter();
        while (reader.ReadField()) readField();
        reader.Leave(outer);
    }
}
