using System.Runtime.InteropServices;
using Platform.Onnx.Tensors;

namespace Platform.TestModels;

/// <summary>
/// Builds small ONNX files for tests. A dimension is a number, or a name where it is dynamic.
/// <code>new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("Relu", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3)</code>
/// </summary>
public sealed class OnnxFile
{
    private readonly List<ProtobufWriter> _inputs = [];
    private readonly List<ProtobufWriter> _outputs = [];
    private readonly List<ProtobufWriter> _nodes = [];
    private readonly List<ProtobufWriter> _initializers = [];
    private readonly List<ProtobufWriter> _functions = [];
    private readonly Dictionary<string, long> _operatorSets = new() { [""] = 17 };

    public OnnxFile Input(string name, Datatype datatype, params object[] shape)
    {
        _inputs.Add(Value(name, datatype, shape));
        return this;
    }

    public OnnxFile Output(string name, Datatype datatype, params object[] shape)
    {
        _outputs.Add(Value(name, datatype, shape));
        return this;
    }

    /// <summary>An input of a type that no <see cref="Datatype"/> stands for, by onnx.proto's number.</summary>
    public OnnxFile InputOfType(string name, int elementType, params object[] shape)
    {
        var tensor = new ProtobufWriter().Number(1, elementType).Message(2, new ProtobufWriter().Messages(1, shape.Select(Dimension)));
        _inputs.Add(new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor)));
        return this;
    }

    /// <summary>An output whose shape the file does not give.</summary>
    public OnnxFile OutputOfAnyShape(string name, Datatype datatype)
    {
        _outputs.Add(new ProtobufWriter().Text(1, name).Message(2, TensorType(datatype, null)));
        return this;
    }

    /// <summary>A classifier's output: a sequence of maps from class index to score.</summary>
    public OnnxFile OutputMaps(string name)
    {
        var map = new ProtobufWriter().Number(1, 7).Message(2, TensorType(Datatype.FP32, null));
        var sequence = new ProtobufWriter().Message(4, new ProtobufWriter().Message(1, new ProtobufWriter().Message(5, map)));
        _outputs.Add(new ProtobufWriter().Text(1, name).Message(2, sequence));
        return this;
    }

    public OnnxFile Node(string operation, string[] inputs, string[] outputs, string domain = "", params ProtobufWriter[] attributes)
    {
        _nodes.Add(Operator(operation, inputs, outputs, domain, attributes));
        return this;
    }

    public OnnxFile Constant<T>(string name, Datatype datatype, long[] shape, params T[] values) where T : unmanaged
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape) tensor.Number(1, size);
        _initializers.Add(tensor.Number(2, ElementType(datatype)).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan())));
        return this;
    }

    public OnnxFile Texts(string name, long[] shape, params string[] values)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape) tensor.Number(1, size);
        tensor.Number(2, 8).Text(8, name);
        foreach (var value in values) tensor.Text(6, value);
        _initializers.Add(tensor);
        return this;
    }

    /// <summary>A constant whose values would lie in another file.</summary>
    public OnnxFile ExternalConstant(string name, string location)
    {
        var entry = new ProtobufWriter().Text(1, "location").Text(2, location);
        _initializers.Add(new ProtobufWriter().Number(1, 1).Number(2, 1).Text(8, name).Message(13, entry).Number(14, 1));
        return this;
    }

    /// <summary>A constant whose values lie in another file, at a place of it.</summary>
    public OnnxFile ExternalConstant(string name, Datatype datatype, long[] shape, string location, long? offset = null, long? length = null)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape) tensor.Number(1, size);
        _initializers.Add(tensor.Number(2, ElementType(datatype)).Text(8, name).Message(13, Entry("location", location))
            .Messages(13, offset is { } at ? [Entry("offset", $"{at}")] : []).Messages(13, length is { } bytes ? [Entry("length", $"{bytes}")] : []).Number(14, 1));
        return this;

        static ProtobufWriter Entry(string key, string value) => new ProtobufWriter().Text(1, key).Text(2, value);
    }

    public OnnxFile Function(string domain, string name, string[] inputs, string[] outputs, params ProtobufWriter[] nodes)
    {
        var function = new ProtobufWriter().Text(1, name).Text(10, domain).Messages(7, nodes);
        foreach (var input in inputs) function.Text(4, input);
        foreach (var output in outputs) function.Text(5, output);
        foreach (var (set, version) in _operatorSets) function.Message(9, OperatorSet(set, version));
        _functions.Add(function);
        return this;
    }

    public OnnxFile Import(string domain, long version)
    {
        _operatorSets[domain] = version;
        return this;
    }

    public byte[] ToArray() => new ProtobufWriter().Number(1, 8).Text(2, "test").Text(3, "1.0").Message(7, ToGraph())
        .Messages(8, _operatorSets.Select(set => OperatorSet(set.Key, set.Value)))
        .Messages(25, _functions).ToArray();

    /// <summary>The graph alone, for the body of a loop or a branch.</summary>
    public ProtobufWriter ToGraph() => new ProtobufWriter()
        .Messages(1, _nodes).Text(2, "test").Messages(5, _initializers).Messages(11, _inputs).Messages(12, _outputs);

    /// <summary>Writes the file into <paramref name="folder"/> and returns its path.</summary>
    public string Save(string folder)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, ToArray());
        return path;
    }

    public static ProtobufWriter Operator(
        string operation, string[] inputs, string[] outputs, string domain = "", params ProtobufWriter[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs) node.Text(1, input);
        foreach (var output in outputs) node.Text(2, output);
        return node.Text(4, operation).Text(7, domain).Messages(5, attributes);
    }

    public static ProtobufWriter Integer(string name, long value) => new ProtobufWriter().Text(1, name).Number(3, value).Number(20, 2);

    public static ProtobufWriter Text(string name, string value) => new ProtobufWriter().Text(1, name).Text(4, value).Number(20, 3);

    public static ProtobufWriter Integers(string name, params long[] values)
    {
        var attribute = new ProtobufWriter().Text(1, name).Number(20, 7);
        foreach (var value in values) attribute.Number(8, value);
        return attribute;
    }

    public static ProtobufWriter Single(string name, float value) => new ProtobufWriter().Text(1, name).Single(2, value).Number(20, 1);

    /// <summary>A tensor of one number.</summary>
    public static ProtobufWriter TensorOf(string name, float value) => new ProtobufWriter().Text(1, name)
        .Message(5, new ProtobufWriter().Number(1, 1).Number(2, 1).Bytes(9, BitConverter.GetBytes(value))).Number(20, 4);

    public static ProtobufWriter Singles(string name, params float[] values)
    {
        var attribute = new ProtobufWriter().Text(1, name).Number(20, 6);
        foreach (var value in values) attribute.Single(7, value);
        return attribute;
    }

    public static ProtobufWriter Texts(string name, params string[] values)
    {
        var attribute = new ProtobufWriter().Text(1, name).Number(20, 8);
        foreach (var value in values) attribute.Text(9, value);
        return attribute;
    }

    /// <summary>A graph inside an operator: a branch, or the body of a loop.</summary>
    public static ProtobufWriter Graph(string name, OnnxFile graph) => new ProtobufWriter().Text(1, name).Message(6, graph.ToGraph()).Number(20, 5);

    private static ProtobufWriter Value(string name, Datatype datatype, object[] shape) =>
        new ProtobufWriter().Text(1, name).Message(2, TensorType(datatype, shape));

    private static ProtobufWriter TensorType(Datatype datatype, object[]? shape)
    {
        var tensor = new ProtobufWriter().Number(1, ElementType(datatype));
        if (shape is not null) tensor.Message(2, new ProtobufWriter().Messages(1, shape.Select(Dimension)));
        return new ProtobufWriter().Message(1, tensor);
    }

    private static ProtobufWriter Dimension(object size) => size is string name
        ? new ProtobufWriter().Text(2, name)
        : new ProtobufWriter().Number(1, Convert.ToInt64(size));

    private static ProtobufWriter OperatorSet(string domain, long version) => new ProtobufWriter().Text(1, domain).Number(2, version);

    private static int ElementType(Datatype datatype) => datatype switch
    {
        Datatype.FP32 => 1,
        Datatype.UInt8 => 2,
        Datatype.Int8 => 3,
        Datatype.UInt16 => 4,
        Datatype.Int16 => 5,
        Datatype.Int32 => 6,
        Datatype.Int64 => 7,
        Datatype.Bytes => 8,
        Datatype.Bool => 9,
        Datatype.FP16 => 10,
        Datatype.FP64 => 11,
        Datatype.UInt32 => 12,
        Datatype.UInt64 => 13,
        _ => 16,
    };
}
