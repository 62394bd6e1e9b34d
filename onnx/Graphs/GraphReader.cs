using System.Text;
using Platform.Onnx.Inspection;

namespace Platform.Onnx.Graphs;

/// <summary>Reads graphs, functions, operators and attributes.</summary>
internal sealed class GraphReader(ProtobufReader reader, ConstantReader constants, ValueBudget budget)
{
    private const int MaxDepth = 16;
    private const int MaxText = 1 << 16;

    private int _depth;

    public OnnxGraph ReadGraph()
    {
        if (++_depth > MaxDepth) throw new InvalidDataException("its graphs are nested too deeply");
        var graph = new OnnxGraph();
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) graph.Nodes.Add(ReadNode());
            else if (reader.Is(5, WireType.Bytes)) Add(graph, constants.Read());
            else if (reader.Is(11, WireType.Bytes)) graph.Inputs.Add(ReadValue());
            else if (reader.Is(12, WireType.Bytes)) graph.Outputs.Add(ReadValue());
            else if (reader.Is(15, WireType.Bytes)) throw new InvalidDataException("it holds sparse constants");
            else reader.SkipField();
        });
        _depth--;
        return graph;
    }

    public (OperatorName Name, OnnxFunction Function) ReadFunction()
    {
        string name = "", domain = "";
        var function = new OnnxFunction();
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) name = Text();
            else if (reader.Is(10, WireType.Bytes)) domain = Text();
            else if (reader.Is(4, WireType.Bytes)) function.Inputs.Add(Text());
            else if (reader.Is(5, WireType.Bytes)) function.Outputs.Add(Text());
            else if (reader.Is(7, WireType.Bytes)) function.Nodes.Add(ReadNode());
            else if (reader.Is(9, WireType.Bytes)) ReadOperatorSet(function.OperatorSets);
            else if (reader.Is(11, WireType.Bytes)) Add(function.Defaults, ReadAttribute());
            else reader.SkipField();
        });
        return (new OperatorName(Domain(domain), name), function);
    }

    public void ReadOperatorSet(Dictionary<string, long> operatorSets)
    {
        var (domain, version) = ("", 0L);
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) domain = Text();
            else if (reader.Is(2, WireType.Varint)) version = (long)reader.ReadVarint();
            else reader.SkipField();
        });
        operatorSets[Domain(domain)] = version;
    }

    private static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    private static void Add(OnnxGraph graph, OnnxConstant constant) => graph.Constants[constant.Name] = constant;

    private static void Add(Dictionary<string, OnnxAttribute> attributes, OnnxAttribute attribute) =>
        attributes[attribute.Name] = attribute;

    private OnnxNode ReadNode()
    {
        budget.TakeNode();
        string name = "", domain = "";
        var node = new OnnxNode();
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) node.Inputs.Add(Text());
            else if (reader.Is(2, WireType.Bytes)) node.Outputs.Add(Text());
            else if (reader.Is(3, WireType.Bytes)) node.Name = Text();
            else if (reader.Is(4, WireType.Bytes)) name = Text();
            else if (reader.Is(5, WireType.Bytes)) Add(node.Attributes, ReadAttribute());
            else if (reader.Is(7, WireType.Bytes)) domain = Text();
            else reader.SkipField();
        });
        node.Operator = new OperatorName(Domain(domain), name);
        return node;
    }

    private OnnxAttribute ReadAttribute()
    {
        var attribute = new OnnxAttribute();
        Message(() => ReadAttributeField(attribute));
        return attribute;
    }

    private void ReadAttributeField(OnnxAttribute attribute)
    {
        if (reader.Is(1, WireType.Bytes)) attribute.Name = Text();
        else if (reader.Is(2, WireType.Fixed32)) attribute.Number = constants.ReadSingle();
        else if (reader.Is(3, WireType.Varint)) attribute.Integer = (long)reader.ReadVarint();
        else if (reader.Is(4, WireType.Bytes)) attribute.Text = Text();
        else if (reader.Is(5, WireType.Bytes)) attribute.Tensor = attribute.Tensor is null ? constants.Read() : throw Twice("tensor");
        else if (reader.Is(6, WireType.Bytes)) attribute.Graph = attribute.Graph is null ? ReadGraph() : throw Twice("graph");
        else if (reader.Is(7, WireType.Fixed32) || reader.Is(7, WireType.Bytes)) 
            attribute.Truncated |= !constants.TryReadSingles(attribute.Singles);
        else if (reader.Is(8, WireType.Varint) || reader.Is(8, WireType.Bytes))
            attribute.Truncated |= !constants.TryReadIntegers(attribute.Integers);
        else if (reader.Is(9, WireType.Bytes)) attribute.Truncated |= !constants.TryReadText(attribute.Texts);
        else if (reader.Is(21, WireType.Bytes)) attribute.Reference = Text();
        else reader.SkipField();
    }

    /// <summary>The runtime would take both for one, of which only the second would be seen here.</summary>
    private static InvalidDataException Twice(string what) => new($"an attribute has two values of type {what}");

    private OnnxValue ReadValue()
    {
        var (name, type) = ("", 0);
        List<OnnxDimension>? shape = null;
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes)) name = Text();
            else if (reader.Is(2, WireType.Bytes)) Message(() =>
            {
                if (reader.Is(1, WireType.Bytes)) (type, shape) = ReadTensorType();
                else reader.SkipField();
            });
            else reader.SkipField();
        });
        return new OnnxValue(name, type, shape);
    }

    private (int Type, List<OnnxDimension>? Shape) ReadTensorType()
    {
        var type = 0;
        List<OnnxDimension>? shape = null;
        Message(() =>
        {
            if (reader.Is(1, WireType.Varint)) type = (int)reader.ReadVarint();
            else if (reader.Is(2, WireType.Bytes)) shape = ReadShape();
            else reader.SkipField();
        });
        return (type, shape);
    }

    private List<OnnxDimension> ReadShape()
    {
        var shape = new List<OnnxDimension>();
        Message(() =>
        {
            if (reader.Is(1, WireType.Bytes) && shape.Count < 64) shape.Add(ReadDimension());
            else reader.SkipField();
        });
        return shape;
    }

    private OnnxDimension ReadDimension()
    {
        var dimension = new OnnxDimension(null, null);
        Message(() =>
        {
            if (reader.Is(1, WireType.Varint)) dimension = new OnnxDimension((long)reader.ReadVarint(), null);
            else if (reader.Is(2, WireType.Bytes)) dimension = new OnnxDimension(null, Text());
            else reader.SkipField();
        });
        return dimension;
    }

    private string Text() => reader.ReadBytes(MaxText, out _) is { } bytes
        ? Encoding.UTF8.GetString(bytes)
        : throw new InvalidDataException("it has a name that is too long");

    private void Message(Action readField)
    {
        var outer = reader.Enter();
        while (reader.ReadField()) readField();
        reader.Leave(outer);
    }
}
