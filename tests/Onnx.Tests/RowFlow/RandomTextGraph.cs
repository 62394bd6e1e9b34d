using Platform.Onnx.Tensors;
using Platform.TestModels;
using static Platform.TestModels.OnnxFile;

namespace Platform.Onnx.Tests.RowFlow;

/// <summary>A text model of operators chosen at random: words, numbers for each, some layers, and one number for all words in the end.</summary>
internal sealed class RandomTextGraph
{
    private const string Ml = "ai.onnx.ml";
    private static readonly string[] Ends = ["ReduceSum", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceL1", "ReduceSumSquare", "ReduceLogSumExp"];
    private static readonly string[] Maps = ["Relu", "Sigmoid", "Tanh", "Abs", "Neg"];

    private readonly Random _random;
    private readonly OnnxFile _file = new();
    private string _name = "numbers";
    private string _ids = "ids";
    private int _width = 2;
    private bool _wordsLast;
    private int _names;

    public RandomTextGraph(int seed)
    {
        _random = new Random(seed);
        var zero = _random.Next(3) > 0 ? 0f : 0.5f;
        _file.Import("", 17).Import(Ml, 3).Import("com.microsoft", 1).Input("text", Datatype.Bytes, "n")
            .Constant("table", Datatype.FP32, [3, 2], zero, 0f, 1f, 2f, 3f, -4f).Constant("pad", Datatype.Int64, [], 0L)
            .Node("Tokenizer", ["text"], ["split"], "com.microsoft", Integer("mark", 0), Integer("mincharnum", 1), OnnxFile.Text("pad_value", ""), OnnxFile.Texts("separators", " "))
            .Node("LabelEncoder", ["split"], ["ids"], Ml, OnnxFile.Texts("keys_strings", "", "a"), Integers("values_int64s", 0, 1), Integer("default_int64", 2));
        if (_random.Next(3) == 0) Ids("Slice", Whole(0), Whole(4), Whole(1));
        if (_random.Next(2) == 0) Ids("Pad", Whole(0, 0, 0, 1), Whole(_random.Next(4) == 0 ? 1 : 0, scalar: true));
        _file.Node("Equal", [_ids, "pad"], ["isPad"]).Node("Not", ["isPad"], ["isWord"]).Node("Cast", ["isWord"], ["mask"], "", Integer("to", 1))
            .Node("Gather", ["table", _ids], ["numbers"]);
        for (var i = 0; i < 4; i++) Grow();
        End();
    }

    public OnnxFile File => _file;

    private void Ids(string operation, params string[] others)
    {
        _file.Node(operation, [_ids, .. others], [$"{operation}Ids"]);
        _ids = $"{operation}Ids";
    }

    private void Grow()
    {
        switch (_random.Next(10))
        {
            case 0: Add(Maps[_random.Next(Maps.Length)], _name); break;
            case 1: Add(_random.Next(2) == 0 ? "Add" : "Mul", _name, Numbers()); break;
            case 2 or 3: Add("Mul", _name, Aligned("mask")); break;
            case 4: Add("Where", Aligned("isWord"), _name, Numbers()); break;
            case 5:
                Add("Transpose", [_name], Integers("perm", 0, 2, 1));
                _wordsLast = !_wordsLast;
                break;
            case 6: Mix(); break;
            case 7:
                Add("Concat", [_name, _name], Integer("axis", _wordsLast ? 1 : 2));
                _width *= 2;
                break;
            case 8: Add("Softmax", [_name], Integer("axis", _random.Next(1, 3))); break;
            default: Add("Sub", _name, Aligned("mask")); break;
        }
    }

    /// <summary>A convolution along the words, or a product for each of them.</summary>
    private void Mix()
    {
        if (_wordsLast) Add("Conv", [_name, Numbers(3, _width, 3)], Integers("pads", _random.Next(4) == 0 ? [0, 2] : [1, 1]));
        else Add("MatMul", _name, Numbers(_width, 3));
        _width = 3;
    }

    private void End()
    {
        var axis = _wordsLast ? 2 : 1;
        var end = Ends[_random.Next(Ends.Length)];
        if (end == "ReduceSum") _file.Node(end, [_name, Whole(axis)], ["y"], "", Integer("keepdims", 0));
        else _file.Node(end, [_name], ["y"], "", Integers("axes", axis), Integer("keepdims", 0));
        _file.OutputOfAnyShape("y", Datatype.FP32);
    }

    /// <summary>One value for each word, laid out beside the numbers.</summary>
    private string Aligned(string name)
    {
        var aligned = $"t{_names++}";
        _file.Node("Unsqueeze", [name, Whole(_wordsLast ? 1 : 2)], [aligned]);
        return aligned;
    }

    private void Add(string operation, params string[] inputs) => Add(operation, inputs, []);

    private void Add(string operation, string[] inputs, params ProtobufWriter[] attributes)
    {
        var name = $"t{_names++}";
        _file.Node(operation, inputs, [name], "", attributes);
        _name = name;
    }

    private string Numbers(params long[] shape)
    {
        var name = $"c{_names++}";
        _file.Constant(name, Datatype.FP32, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => (float)(_random.NextDouble() * 2 - 1))]);
        return name;
    }

    private string Whole(long value, bool scalar) => Whole(scalar ? [] : [1], value);

    private string Whole(params long[] values) => Whole([values.Length], values);

    private string Whole(long[] shape, params long[] values)
    {
        var name = $"c{_names++}";
        _file.Constant(name, Datatype.Int64, shape, values);
        return name;
    }
}
