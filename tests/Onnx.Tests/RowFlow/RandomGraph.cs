using Platform.Onnx.Tensors;
using Platform.TestModels;
using static Platform.TestModels.OnnxFile;

namespace Platform.Onnx.Tests.RowFlow;

/// <summary>
/// A graph of operators chosen at random, which mix rows or do not as it happens. The generator knows the shapes but nothing of rows:
/// their number is the prime <see cref="Rows"/>, which no other dimension has.
/// </summary>
internal sealed class RandomGraph
{
    private const int Rows = 7;
    private static readonly string[] Maps = ["Relu", "Neg", "Sigmoid", "Abs", "Tanh", "Softplus"];
    private static readonly string[] Reductions = ["ReduceMax", "ReduceMean", "ReduceMin", "ReduceSumSquare", "ReduceL1", "ReduceLogSumExp"];

    private readonly Random _random;
    private readonly OnnxFile _file = new();
    private readonly List<(string Name, int[] Shape)> _tensors = [];
    private readonly long _version;
    private int _names;

    public RandomGraph(int seed)
    {
        _random = new Random(seed);
        _version = seed % 3 == 0 ? 12 : 17;
        _file.Import("", _version).Import("com.microsoft", 1).Input("x", Datatype.FP32, "n", 2, 3).Input("z", Datatype.FP32, "n", 3);
        _tensors.Add(("x", [Rows, 2, 3]));
        _tensors.Add(("z", [Rows, 3]));
        for (var i = 0; i < 12; i++) Grow();
    }

    /// <summary>The tensors that are made on the way.</summary>
    public IEnumerable<string> Made => _tensors.Skip(2).Select(tensor => tensor.Name);

    /// <summary>The file that answers with one of them.</summary>
    public static OnnxFile Answering(int seed, string output) => new RandomGraph(seed)._file.OutputOfAnyShape(output, Datatype.FP32);

    private void Grow()
    {
        var (name, shape) = Pick();
        switch (_random.Next(21))
        {
            case 0: Add(Maps[_random.Next(Maps.Length)], [name], shape); break;
            case 1: Stretch(name, shape); break;
            case 2: Meet(name, shape); break;
            case 3 or 4: Transpose(name, shape); break;
            case 5: Reduce(name, shape); break;
            case 6: Softmax(name, shape); break;
            case 7 or 8: Reshape(name, shape); break;
            case 9: Multiply(name, shape); break;
            case 10: Concat(name, shape); break;
            case 11: Cut(name, shape); break;
            case 12: Gather(name, shape); break;
            case 13: Along("CumSum", name, shape); break;
            case 14: Unsqueeze(name, shape); break;
            case 15: Expand(name, shape); break;
            case 16: Flatten(name, shape); break;
            case 17: Scatter(name, shape); break;
            case 18: Fused(name, shape); break;
            case 19: Repeat(name, shape); break;
            default: Lookup(name, shape); break;
        }
    }

    private (string Name, int[] Shape) Pick() => _tensors[_random.Next(3) == 0 ? _random.Next(_tensors.Count) : _tensors.Count - 1];

    private string Add(string operation, string[] inputs, int[] shape, params ProtobufWriter[] attributes)
    {
        var name = $"t{_names++}";
        _file.Node(operation, inputs, [name], "", attributes);
        if (shape.Aggregate(1L, (product, size) => product * size) < 5000 && shape.Length < 6) _tensors.Add((name, shape));
        return name;
    }

    private string Whole(params long[] values)
    {
        var name = $"c{_names++}";
        _file.Constant(name, Datatype.Int64, [values.Length], values);
        return name;
    }

    private string Numbers(params int[] shape)
    {
        var name = $"c{_names++}";
        var count = shape.Aggregate(1, (product, size) => product * size);
        _file.Constant(name, Datatype.FP32, [.. shape.Select(size => (long)size)], [.. Enumerable.Range(0, count).Select(_ => (float)(_random.NextDouble() * 2 - 1))]);
        return name;
    }

    /// <summary>A constant of the same rank, of size 1 here and there; one of as many rows would only fit one batch.</summary>
    private void Stretch(string name, int[] shape)
    {
        int[] other = [.. shape.Select(size => size % Rows == 0 || _random.Next(2) == 0 ? 1 : size)];
        Add(_random.Next(2) == 0 ? "Add" : "Mul", [name, Numbers(other)], shape);
    }

    private void Meet(string name, int[] shape)
    {
        var (other, size) = _tensors[_random.Next(_tensors.Count)];
        var rank = Math.Max(shape.Length, size.Length);
        var (a, b) = (Front(shape, rank), Front(size, rank));
        if (a.Zip(b).Any(pair => pair.First != pair.Second && pair.First != 1 && pair.Second != 1)) return;
        Add(_random.Next(2) == 0 ? "Sub" : "Max", [name, other], [.. a.Zip(b, Math.Max)]);
    }

    private static int[] Front(int[] shape, int rank) => [.. Enumerable.Repeat(1, rank - shape.Length), .. shape];

    private void Transpose(string name, int[] shape)
    {
        var order = Enumerable.Range(0, shape.Length).ToArray();
        _random.Shuffle(order);
        Add("Transpose", [name], [.. order.Select(axis => shape[axis])], Integers("perm", [.. order.Select(axis => (long)axis)]));
    }

    private void Reduce(string name, int[] shape)
    {
        if (shape.Length == 0) return;
        var (axis, keeps) = (_random.Next(shape.Length), _random.Next(2));
        int[] left = [.. shape.Select((size, i) => i == axis ? 1 : size).Where((_, i) => keeps == 1 || i != axis)];
        Add(Reductions[_random.Next(Reductions.Length)], [name], left, Integers("axes", axis), Integer("keepdims", keeps));
    }

    private void Softmax(string name, int[] shape)
    {
        if (shape.Length > 0) Add("Softmax", [name], shape, Integer("axis", _random.Next(shape.Length)));
    }

    private void Reshape(string name, int[] shape)
    {
        var count = shape.Aggregate(1, (product, size) => product * size);
        var kept = _random.Next(Math.Min(2, shape.Length + 1));
        var rest = count / shape.Take(kept).Aggregate(1, (product, size) => product * size);
        var width = new[] { 1, 2, 3, 6 }[_random.Next(4)];
        if (rest % width != 0) return;
        var last = _random.Next(2) == 0;
        long[] target = [.. Enumerable.Repeat(0L, kept), .. last ? new long[] { -1, width } : [width, -1]];
        int[] made = [.. shape.Take(kept), .. last ? new[] { rest / width, width } : [width, rest / width]];
        Add("Reshape", [name, Whole(target)], made);
    }

    private void Multiply(string name, int[] shape)
    {
        if (shape.Length < 2) return;
        if (_random.Next(3) == 0)
        {
            var turned = Enumerable.Range(0, shape.Length).Select(axis => (long)axis).ToArray();
            (turned[^1], turned[^2]) = (turned[^2], turned[^1]);
            var other = Add("Transpose", [name], [.. turned.Select(axis => shape[axis])], Integers("perm", turned));
            Add("MatMul", [name, other], [.. shape[..^1], shape[^2]]);
        }
        else if (shape[^1] % Rows != 0) Add("MatMul", [name, Numbers(shape[^1], 2)], [.. shape[..^1], 2]);
        else if (shape[^2] % Rows != 0) Add("MatMul", [Numbers(2, shape[^2]), name], [.. shape[..^2], 2, shape[^1]]);
    }

    /// <summary>Writes what is there to the places 0 and 1, as the numbers themselves say.</summary>
    private void Scatter(string name, int[] shape)
    {
        if (shape.Length == 0) return;
        var axis = _random.Next(shape.Length);
        if (shape[axis] < 2) return;
        var (sign, size, place) = ($"p{_names++}", $"p{_names++}", $"p{_names++}");
        _file.Node("Sign", [name], [sign]).Node("Abs", [sign], [size]).Node("Cast", [size], [place], "", Integer("to", 7));
        Add("ScatterElements", [name, place, Add("Neg", [name], shape)], shape, Integer("axis", axis));
    }

    private void Fused(string name, int[] shape)
    {
        if (shape.Length < 2) return;
        var (left, made) = (_random.Next(2), $"t{_names++}");
        _file.Node("FusedMatMul", [name, name], [made], "com.microsoft", Integer(left == 1 ? "transA" : "transB", 1));
        int[] product = [.. shape[..^2], shape[left == 1 ? ^1 : ^2], shape[left == 1 ? ^1 : ^2]];
        if (product.Aggregate(1L, (all, size) => all * size) < 5000) _tensors.Add((made, product));
    }

    /// <summary>Two rounds of one step, which takes its number along a dimension, or stays where it is.</summary>
    private void Repeat(string name, int[] shape)
    {
        if (shape.Length == 0) return;
        var dimensions = shape.Select((size, axis) => size % Rows == 0 ? $"d{axis}" : (object)size).ToArray();
        var body = new OnnxFile().Input("round", Datatype.Int64).Input("going", Datatype.Bool).Input("state", Datatype.FP32, dimensions)
            .Node("Identity", ["going"], ["on"]).Node("Softmax", ["state"], ["share"], "", Integer("axis", _random.Next(shape.Length))).Node("Sub", ["share", name], ["next"])
            .Output("on", Datatype.Bool).Output("next", Datatype.FP32, dimensions);
        var (rounds, yes) = (Whole(2), $"c{_names++}");
        _file.Constant(yes, Datatype.Bool, [], true);
        Add("Loop", [rounds, yes, name], shape, Graph("body", body));
    }

    private void Concat(string name, int[] shape)
    {
        if (shape.Length == 0) return;
        var axis = _random.Next(shape.Length);
        Add("Concat", [name, name], [.. shape.Select((size, i) => i == axis ? 2 * size : size)], Integer("axis", axis));
    }

    private void Cut(string name, int[] shape)
    {
        if (shape.Length == 0) return;
        var axis = _random.Next(shape.Length);
        if (shape[axis] < 2) return;
        var reverse = _random.Next(4) == 0;
        if (reverse) Add("Slice", [name, Whole(-1), Whole(long.MinValue), Whole(axis), Whole(-1)], shape);
        else Add("Slice", [name, Whole(0), Whole(shape[axis] % Rows == 0 ? int.MaxValue : 1), Whole(axis)], [.. shape.Select((size, i) => i == axis && size % Rows != 0 ? 1 : size)]);
    }

    private void Gather(string name, int[] shape)
    {
        if (shape.Length == 0) return;
        var axis = _random.Next(shape.Length);
        Add("Gather", [name, Whole(0, 0)], [.. shape.Select((size, i) => i == axis ? 2 : size)], Integer("axis", axis));
    }

    private void Along(string operation, string name, int[] shape)
    {
        if (shape.Length > 0) Add(operation, [name, Whole(_random.Next(shape.Length))], shape);
    }

    private void Unsqueeze(string name, int[] shape)
    {
        var axis = _random.Next(shape.Length + 1);
        int[] wider = [.. shape[..axis], 1, .. shape[axis..]];
        if (_version >= 13) Add("Unsqueeze", [name, Whole(axis)], wider);
        else Add("Unsqueeze", [name], wider, Integers("axes", axis));
    }

    /// <summary>A constant as large as another tensor is, whatever the number of rows.</summary>
    private void Expand(string name, int[] shape)
    {
        var size = $"s{_names++}";
        _file.Node("Shape", [name], [size]);
        Add("Expand", [Numbers([.. shape.Select(each => each % Rows == 0 ? 1 : each)]), size], shape);
    }

    private void Flatten(string name, int[] shape)
    {
        var axis = _random.Next(shape.Length + 1);
        Add("Flatten", [name], [shape[..axis].Aggregate(1, (product, each) => product * each), shape[axis..].Aggregate(1, (product, each) => product * each)], Integer("axis", axis));
    }

    private void Lookup(string name, int[] shape)
    {
        if (shape.Length == 0) return;
        var axis = _random.Next(shape.Length);
        if (shape[axis] > 40) return;
        var index = $"i{_names++}";
        _file.Node("ArgMax", [name], [index], "", Integer("axis", axis), Integer("keepdims", 0));
        Add("Gather", [Numbers(400, 2), index], [.. shape.Where((_, i) => i != axis), 2]);
    }
}
