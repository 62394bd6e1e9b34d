using Platform.Onnx.Tensors;
using static Platform.TestModels.OnnxFile;

namespace Platform.TestModels;

/// <summary>One small graph for each thing that an operator can do to rows, and what mixes them there; null where nothing does.</summary>
public static class OperatorCases
{
    private const string Ml = "ai.onnx.ml";

    public static IEnumerable<(string Name, OnnxFile File, string? Mixes)> All =>
        [.. Plain(), .. Layouts(), .. Sizes(), .. Products(), .. Pictures(), .. Estimators(), .. Words(), .. Branches(), .. ExporterCases.All, .. TransformerCases.All];

    private static OnnxFile Table(int width = 3) => new OnnxFile().Input("x", Datatype.FP32, "n", width);

    private static OnnxFile Cube() => new OnnxFile().Input("x", Datatype.FP32, "n", "t", 4);

    private static IEnumerable<(string, OnnxFile, string?)> Plain()
    {
        yield return ("relu", Table().Node("Relu", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("a constant for each feature", Table().Constant("c", Datatype.FP32, [3], 1f, 2f, 3f).Node("Add", ["x", "c"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("a constant for each row", Table().Constant("c", Datatype.FP32, [2, 1], 1f, 2f).Node("Add", ["x", "c"], ["y"]).Output("y", Datatype.FP32, "n", 3), "Add");
        yield return ("rows against features", Table().Node("Transpose", ["x"], ["xt"]).Node("Gemm", ["x", "xt"], ["y"]).Output("y", Datatype.FP32, "n", "m"), "Gemm");
        yield return ("softmax within rows", Table().Node("Softmax", ["x"], ["y"], "", Integer("axis", -1)).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("softmax over rows", Table().Node("Softmax", ["x"], ["y"], "", Integer("axis", 0)).Output("y", Datatype.FP32, "n", 3), "Softmax");
        yield return ("softmax of an old operator set takes all from its axis on", Cube().Import("", 11)
            .Node("Transpose", ["x"], ["xt"], "", Integers("perm", 1, 0, 2)).Node("Softmax", ["xt"], ["s"], "", Integer("axis", 1))
            .Node("Transpose", ["s"], ["y"], "", Integers("perm", 1, 0, 2)).Output("y", Datatype.FP32, "n", "t", 4), "Softmax");
        yield return ("sum within rows", Table().Constant("a", Datatype.Int64, [1], 1L).Node("ReduceSum", ["x", "a"], ["y"], "", Integer("keepdims", 0)).Output("y", Datatype.FP32, "n"), null);
        yield return ("sum over everything", Table().Node("ReduceSum", ["x"], ["s"]).Node("Add", ["x", "s"], ["y"]).Output("y", Datatype.FP32, "n", 3), "ReduceSum");
        yield return ("mean over rows", Table().Node("ReduceMean", ["x"], ["s"], "", Integers("axes", 0)).Node("Sub", ["x", "s"], ["y"]).Output("y", Datatype.FP32, "n", 3), "ReduceMean");
        yield return ("largest within rows", Table().Node("ArgMax", ["x"], ["y"], "", Integer("axis", 1), Integer("keepdims", 0)).Output("y", Datatype.Int64, "n"), null);
        yield return ("largest of the rows", Table().Node("ArgMax", ["x"], ["y"], "", Integer("axis", 0)).Output("y", Datatype.Int64, "n", 3), "ArgMax");
        yield return ("the first few of a row", Table().Constant("k", Datatype.Int64, [1], 2L).Node("TopK", ["x", "k"], ["y", "i"]).Output("y", Datatype.FP32, "n", 2).Output("i", Datatype.Int64, "n", 2), null);
        yield return ("the first of the rows", Table().Constant("k", Datatype.Int64, [1], 1L).Node("TopK", ["x", "k"], ["y", "i"], "", Integer("axis", 0)).Output("y", Datatype.FP32, "n", 3), "TopK");
        yield return ("running sum within rows", Table().Constant("a", Datatype.Int64, [], 1L).Node("CumSum", ["x", "a"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("running sum over rows", Table().Constant("a", Datatype.Int64, [], 0L).Node("CumSum", ["x", "a"], ["y"]).Output("y", Datatype.FP32, "n", 3), "CumSum");
        yield return ("one scale for the batch", Table().Node("DynamicQuantizeLinear", ["x"], ["q", "s", "z"]).Node("DequantizeLinear", ["q", "s", "z"], ["y"]).Output("y", Datatype.FP32, "n", 3), "DynamicQuantizeLinear");
        yield return ("a fixed scale", Table().Constant("s", Datatype.FP32, [], 0.1f).Constant("z", Datatype.UInt8, [], (byte)128)
            .Node("QuantizeLinear", ["x", "s", "z"], ["q"]).Node("DequantizeLinear", ["q", "s", "z"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("random", Table().Node("RandomNormalLike", ["x"], ["r"]).Node("Add", ["x", "r"], ["y"]).Output("y", Datatype.FP32, "n", 3), "RandomNormalLike");
        yield return ("places of what is not zero", Table().Node("NonZero", ["x"], ["y"]).Output("y", Datatype.Int64, 2, "k"), "NonZero");
        yield return ("layer norm", Table().Constant("w", Datatype.FP32, [3], 1f, 2f, 3f).Node("LayerNormalization", ["x", "w"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("layer norm over rows", Table().Constant("w", Datatype.FP32, [3], 1f, 2f, 3f).Node("LayerNormalization", ["x", "w"], ["y"], "", Integer("axis", 0)).Output("y", Datatype.FP32, "n", 3), "LayerNormalization");
        yield return ("dropout as served", Table().Constant("r", Datatype.FP32, [], 0.5f).Constant("t", Datatype.Bool, [], false)
            .Node("Dropout", ["x", "r", "t"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("dropout in training", Table().Constant("r", Datatype.FP32, [], 0.5f).Constant("t", Datatype.Bool, [], true)
            .Node("Dropout", ["x", "r", "t"], ["y"]).Output("y", Datatype.FP32, "n", 3), "Dropout");
        yield return ("an operator that nobody follows, beside the way", Table().Constant("c", Datatype.FP32, [2, 2], 1f, 0f, 0f, 2f)
            .Node("Det", ["c"], ["d"]).Node("Cast", ["d"], ["e"], "", Integer("to", 1)).Node("Relu", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("an output without rows", Table().Constant("c", Datatype.FP32, [3], 1f, 2f, 3f).Node("Relu", ["x"], ["y"]).Node("Relu", ["c"], ["z"])
            .Output("y", Datatype.FP32, "n", 3).Output("z", Datatype.FP32, 3), "The output");
        yield return ("the largest of numbers that the graph may make NaN", Table().Node("Log", ["x"], ["l"]).Node("ReduceMax", ["l"], ["y"], "", Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1), "ReduceMax");
        yield return ("the least of shares of a sum that may be 0", Table().Constant("a", Datatype.Int64, [1], 1L).Node("ReduceSum", ["x", "a"], ["s"]).Node("Div", ["x", "s"], ["d"])
            .Node("ReduceMin", ["d"], ["y"], "", Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1), "ReduceMin");
        yield return ("the largest after a mask of infinities", Table().Constant("s", Datatype.Int64, [1], 3L).Node("ConstantOfShape", ["s"], ["m"], "", TensorOf("value", float.NegativeInfinity))
            .Node("Add", ["x", "m"], ["l"]).Node("Softmax", ["l"], ["p"], "", Integer("axis", 1)).Node("ReduceMax", ["p"], ["y"], "", Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1), "ReduceMax");
        yield return ("the largest of what a mask of infinities leaves", Table().Constant("low", Datatype.FP32, [], float.NegativeInfinity).Constant("c", Datatype.FP32, [], 0.1f)
            .Node("Greater", ["x", "c"], ["g"]).Node("Where", ["g", "x", "low"], ["k"]).Node("ReduceMax", ["k"], ["y"], "", Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1), null);
        yield return ("the largest of a layer norm that is written out", Table().Constant("two", Datatype.FP32, [], 2f).Constant("e", Datatype.FP32, [], 1e-5f)
            .Node("ReduceMean", ["x"], ["m"], "", Integers("axes", -1)).Node("Sub", ["x", "m"], ["c"]).Node("Pow", ["c", "two"], ["p"]).Node("ReduceMean", ["p"], ["v"], "", Integers("axes", -1))
            .Node("Add", ["v", "e"], ["ve"]).Node("Sqrt", ["ve"], ["sd"]).Node("Div", ["c", "sd"], ["n"]).Node("ReduceMax", ["n"], ["y"], "", Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1), null);
        yield return ("the largest of numbers divided by a constant and cut off below a root", Table().Constant("c", Datatype.FP32, [3], 2f, -4f, 8f).Constant("low", Datatype.FP32, [], 0.5f)
            .Node("Div", ["x", "c"], ["d"]).Node("Clip", ["d", "low"], ["k"]).Node("Log", ["k"], ["l"]).Node("ReduceMax", ["l"], ["y"], "", Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1), null);
        yield return ("dead ends that mix", Table().Node("ReduceMax", ["x"], ["unused"]).Node("Relu", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
    }

    private static IEnumerable<(string, OnnxFile, string?)> Layouts()
    {
        yield return ("flatten", Cube().Node("Flatten", ["x"], ["y"]).Output("y", Datatype.FP32, "n", "k"), null);
        yield return ("reshape that copies rows", Cube().Constant("s", Datatype.Int64, [2], 0L, -1L).Node("Reshape", ["x", "s"], ["y"]).Output("y", Datatype.FP32, "n", "k"), null);
        yield return ("reshape to a default that is an input, too", Cube().Constant("s", Datatype.Int64, [2], 0L, -1L).Input("s", Datatype.Int64, 2)
            .Node("Reshape", ["x", "s"], ["y"]).Output("y", Datatype.FP32, "n", "k"), null);
        yield return ("reshape to a fixed width and back", Cube().Constant("s", Datatype.Int64, [2], -1L, 2L).Constant("w", Datatype.FP32, [2, 2], 1f, 2f, 3f, 4f)
            .Node("Shape", ["x"], ["sh"]).Node("Reshape", ["x", "s"], ["a"]).Node("MatMul", ["a", "w"], ["b"]).Node("Reshape", ["b", "sh"], ["y"]).Output("y", Datatype.FP32, "n", "t", 4), null);
        yield return ("reshape to one row", Table().Constant("s", Datatype.Int64, [2], 1L, -1L).Node("Reshape", ["x", "s"], ["y"]).Output("y", Datatype.FP32, "one", "k"), "The output");
        yield return ("reshape that turns rows into columns", Table().Constant("s", Datatype.Int64, [2], 3L, -1L).Node("Reshape", ["x", "s"], ["a"])
            .Node("Transpose", ["a"], ["y"]).Output("y", Datatype.FP32, "n", 3), "Reshape");
        yield return ("transpose and back", Cube().Node("Transpose", ["x"], ["a"], "", Integers("perm", 1, 0, 2)).Node("Relu", ["a"], ["b"])
            .Node("Transpose", ["b"], ["y"], "", Integers("perm", 1, 0, 2)).Output("y", Datatype.FP32, "n", "t", 4), null);
        yield return ("transpose only", Cube().Node("Transpose", ["x"], ["y"], "", Integers("perm", 1, 0, 2)).Output("y", Datatype.FP32, "t", "n", 4), "The output");
        yield return ("squeeze of everything", new OnnxFile().Input("x", Datatype.FP32, "n", 1, 3).Node("Squeeze", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3), "Squeeze");
        yield return ("squeeze of one dimension", new OnnxFile().Input("x", Datatype.FP32, "n", 1, 3).Constant("a", Datatype.Int64, [1], 1L).Node("Squeeze", ["x", "a"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("beside each other", Table().Node("Relu", ["x"], ["a"]).Node("Concat", ["x", "a"], ["y"], "", Integer("axis", 1)).Output("y", Datatype.FP32, "n", 6), null);
        yield return ("under each other", Table().Node("Relu", ["x"], ["a"]).Node("Concat", ["x", "a"], ["y"], "", Integer("axis", 0)).Output("y", Datatype.FP32, "m", 3), "Concat");
        yield return ("split within rows", Table(4).Node("Split", ["x"], ["a", "b"], "", Integer("axis", 1)).Node("Mul", ["a", "b"], ["y"]).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("cut within rows", Table().Constant("s", Datatype.Int64, [1], 1L).Constant("e", Datatype.Int64, [1], 3L).Constant("a", Datatype.Int64, [1], 1L)
            .Node("Slice", ["x", "s", "e", "a"], ["y"]).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("the rows but the first", Table().Constant("s", Datatype.Int64, [1], 1L).Constant("e", Datatype.Int64, [1], long.MaxValue).Constant("a", Datatype.Int64, [1], 0L)
            .Node("Slice", ["x", "s", "e", "a"], ["y"]).Output("y", Datatype.FP32, "m", 3), "Slice");
        yield return ("the rows in reverse", Table().Constant("s", Datatype.Int64, [1], -1L).Constant("e", Datatype.Int64, [1], long.MinValue).Constant("a", Datatype.Int64, [1], 0L).Constant("t", Datatype.Int64, [1], -1L)
            .Node("Slice", ["x", "s", "e", "a", "t"], ["y"]).Output("y", Datatype.FP32, "n", 3), "Slice");
        yield return ("features by place", Table().Constant("i", Datatype.Int64, [2], 2L, 0L).Node("Gather", ["x", "i"], ["y"], "", Integer("axis", 1)).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("the first row for all", Table().Constant("i", Datatype.Int64, [1], 0L).Node("Gather", ["x", "i"], ["a"]).Node("Add", ["x", "a"], ["y"]).Output("y", Datatype.FP32, "n", 3), "Gather");
        yield return ("a table", new OnnxFile().Input("x", Datatype.Int64, "n", 2).Constant("t", Datatype.FP32, [2, 3], 1f, 2f, 3f, 4f, 5f, 6f).Node("Gather", ["t", "x"], ["y"]).Output("y", Datatype.FP32, "n", 2, 3), null);
        yield return ("a border within rows", Table().Constant("p", Datatype.Int64, [4], 0L, 1L, 0L, 2L).Node("Pad", ["x", "p"], ["y"]).Output("y", Datatype.FP32, "n", 6), null);
        yield return ("a border of rows", Table().Constant("p", Datatype.Int64, [4], 1L, 0L, 0L, 0L).Node("Pad", ["x", "p"], ["y"]).Output("y", Datatype.FP32, "m", 3), "Pad");
        yield return ("features over again", Table().Constant("r", Datatype.Int64, [2], 1L, 2L).Node("Tile", ["x", "r"], ["y"]).Output("y", Datatype.FP32, "n", 6), null);
        yield return ("rows over again", Table().Constant("r", Datatype.Int64, [2], 2L, 1L).Node("Tile", ["x", "r"], ["y"]).Output("y", Datatype.FP32, "m", 3), "Tile");
    }

    private static IEnumerable<(string, OnnxFile, string?)> Sizes()
    {
        yield return ("a view as PyTorch writes it", Cube().Constant("zero", Datatype.Int64, [], 0L).Constant("a", Datatype.Int64, [1], 0L).Constant("rest", Datatype.Int64, [1], -1L)
            .Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "zero"], ["n"]).Node("Unsqueeze", ["n", "a"], ["n1"]).Node("Concat", ["n1", "rest"], ["to"], "", Integer("axis", 0))
            .Node("Reshape", ["x", "to"], ["y"]).Output("y", Datatype.FP32, "n", "k"), null);
        yield return ("heads of attention", Attention(), null);
        yield return ("a mean by the number of rows", Table().Constant("zero", Datatype.Int64, [], 0L).Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "zero"], ["n"])
            .Node("Cast", ["n"], ["f"], "", Integer("to", 1)).Node("Div", ["x", "f"], ["y"]).Output("y", Datatype.FP32, "n", 3), "Div");
        yield return ("a number for each row", new OnnxFile().Input("x", Datatype.FP32, "n").Constant("zero", Datatype.Int64, [], 0L).Constant("one", Datatype.Int64, [], 1L)
            .Node("Shape", ["x"], ["sh"]).Node("Squeeze", ["sh"], ["n"]).Node("Range", ["zero", "n", "one"], ["r"]).Node("Cast", ["r"], ["f"], "", Integer("to", 1)).Node("Add", ["x", "f"], ["y"]).Output("y", Datatype.FP32, "n"), "Range");
        yield return ("zeros for each row", Cube().Constant("zero", Datatype.Int64, [1], 0L).Constant("w", Datatype.Int64, [1], 4L).Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "zero"], ["n"])
            .Node("Concat", ["n", "w"], ["to"], "", Integer("axis", 0)).Node("ConstantOfShape", ["to"], ["c"]).Constant("a", Datatype.Int64, [1], 1L).Node("ReduceSum", ["x", "a"], ["s"], "", Integer("keepdims", 0))
            .Node("Add", ["s", "c"], ["y"]).Output("y", Datatype.FP32, "n", 4), null);
        yield return ("a vector for each row as PyTorch expands it", Expanded(), null);
        yield return ("positions within rows", Cube().Constant("zero", Datatype.Int64, [], 0L).Constant("one", Datatype.Int64, [], 1L).Constant("last", Datatype.Int64, [1], 1L)
            .Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "one"], ["t"]).Node("Range", ["zero", "t", "one"], ["r"]).Node("Cast", ["r"], ["f"], "", Integer("to", 1))
            .Node("Unsqueeze", ["f", "last"], ["p"]).Node("Add", ["x", "p"], ["y"]).Output("y", Datatype.FP32, "n", "t", 4), null);
        yield return ("an answer only for few rows", TinyModels.UpToFourRows(), "Gather");
        yield return ("the size of the batch", Table().Node("Shape", ["x"], ["y"]).Output("y", Datatype.Int64, 2), "The output");
    }

    private static OnnxFile Expanded() => Cube().Constant("zero", Datatype.Int64, [], 0L).Constant("first", Datatype.Int64, [1], 0L).Constant("minus", Datatype.Int64, [1], -1L)
        .Constant("minus1", Datatype.Int64, [], -1L).Constant("v", Datatype.FP32, [1, 1, 4], 1f, 2f, 3f, 4f)
        .Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "zero"], ["n"]).Node("Unsqueeze", ["n", "first"], ["n1"])
        .Node("Concat", ["n1", "minus", "minus"], ["want"], "", Integer("axis", 0)).Node("Shape", ["want"], ["rank"])
        .Node("ConstantOfShape", ["rank"], ["ones"], "", new ProtobufWriter().Text(1, "value").Message(5, new ProtobufWriter().Number(1, 1).Number(2, 7).Number(7, 1)).Number(20, 4))
        .Node("Mul", ["ones", "minus1"], ["marks"]).Node("Equal", ["want", "marks"], ["open"]).Node("Where", ["open", "ones", "want"], ["to"])
        .Node("Expand", ["v", "to"], ["c"]).Node("Concat", ["c", "x"], ["all"], "", Integer("axis", 1))
        .Node("ReduceMean", ["all"], ["y"], "", Integers("axes", 1), Integer("keepdims", 0)).Output("y", Datatype.FP32, "n", 4);

    private static OnnxFile Attention() => Cube()
        .Constant("zero", Datatype.Int64, [], 0L).Constant("one", Datatype.Int64, [], 1L).Constant("a", Datatype.Int64, [1], 0L).Constant("two", Datatype.Int64, [1], 2L).Constant("four", Datatype.Int64, [1], 4L)
        .Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "zero"], ["n"]).Node("Gather", ["sh", "one"], ["t"]).Node("Unsqueeze", ["n", "a"], ["n1"]).Node("Unsqueeze", ["t", "a"], ["t1"])
        .Node("Concat", ["n1", "t1", "two", "two"], ["heads"], "", Integer("axis", 0)).Node("Concat", ["n1", "t1", "four"], ["back"], "", Integer("axis", 0))
        .Node("Reshape", ["x", "heads"], ["h"]).Node("Transpose", ["h"], ["q"], "", Integers("perm", 0, 2, 1, 3)).Node("Transpose", ["h"], ["k"], "", Integers("perm", 0, 2, 3, 1))
        .Node("MatMul", ["q", "k"], ["s"]).Node("Softmax", ["s"], ["p"], "", Integer("axis", -1)).Node("MatMul", ["p", "q"], ["o"])
        .Node("Transpose", ["o"], ["ot"], "", Integers("perm", 0, 2, 1, 3)).Node("Reshape", ["ot", "back"], ["y"]).Output("y", Datatype.FP32, "n", "t", 4);

    private static IEnumerable<(string, OnnxFile, string?)> Products()
    {
        yield return ("weights", Table().Constant("w", Datatype.FP32, [3, 2], 1f, 2f, 3f, 4f, 5f, 6f).Node("MatMul", ["x", "w"], ["y"]).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("weights from the left", Table().Constant("w", Datatype.FP32, [2, 3], 1f, 2f, 3f, 4f, 5f, 6f).Node("Transpose", ["x"], ["xt"]).Node("MatMul", ["w", "xt"], ["a"]).Node("Transpose", ["a"], ["y"]).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("similarity of rows", Table().Node("Transpose", ["x"], ["xt"]).Node("MatMul", ["x", "xt"], ["y"]).Output("y", Datatype.FP32, "n", "m"), "MatMul");
        yield return ("products within rows", Cube().Node("Transpose", ["x"], ["xt"], "", Integers("perm", 0, 2, 1)).Node("MatMul", ["xt", "x"], ["y"]).Output("y", Datatype.FP32, "n", 4, 4), null);
        yield return ("gemm", Table().Constant("w", Datatype.FP32, [2, 3], 1f, 2f, 3f, 4f, 5f, 6f).Constant("b", Datatype.FP32, [2], 1f, 2f).Node("Gemm", ["x", "w", "b"], ["y"], "", Integer("transB", 1)).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("einsum within rows", Cube().Node("Einsum", ["x", "x"], ["y"], "", Text("equation", "ntc,nsc->nts")).Output("y", Datatype.FP32, "n", "t", "s"), null);
        yield return ("einsum over rows", Cube().Node("Einsum", ["x", "x"], ["y"], "", Text("equation", "ntc,mtc->nm")).Output("y", Datatype.FP32, "n", "m"), "Einsum");
        yield return ("recurrent", Recurrent(first: false), null);
        yield return ("recurrent over rows", Recurrent(first: true), "GRU");
    }

    private static OnnxFile Recurrent(bool first)
    {
        var file = Cube().Constant("w", Datatype.FP32, [1, 6, 4], [.. Enumerable.Range(0, 24).Select(i => i * 0.1f - 1)]).Constant("r", Datatype.FP32, [1, 6, 2], [.. Enumerable.Range(0, 12).Select(i => i * 0.1f)])
            .Constant("a", Datatype.Int64, [1], 0L);
        if (!first) file.Node("Transpose", ["x"], ["xt"], "", Integers("perm", 1, 0, 2));
        file.Node("GRU", [first ? "x" : "xt", "w", "r"], ["all", "last"], "", Integer("hidden_size", 2));
        return first
            ? file.Constant("d", Datatype.Int64, [1], 1L).Node("Squeeze", ["all", "d"], ["y"]).Output("y", Datatype.FP32, "n", "t", 2)
            : file.Node("Squeeze", ["last", "a"], ["y"]).Output("y", Datatype.FP32, "n", 2);
    }

    private static OnnxFile Image() => new OnnxFile().Input("x", Datatype.FP32, "n", 2, 5, 5);

    private static IEnumerable<(string, OnnxFile, string?)> Pictures()
    {
        yield return ("convolution", Image().Constant("w", Datatype.FP32, [3, 2, 3, 3], [.. Enumerable.Range(0, 54).Select(i => i % 7 - 3f)]).Node("Conv", ["x", "w"], ["a"], "", Integers("strides", 2, 2))
            .Node("MaxPool", ["a"], ["b"], "", Integers("kernel_shape", 2, 2)).Node("Flatten", ["b"], ["y"]).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("global pool", Image().Node("GlobalAveragePool", ["x"], ["a"]).Node("Flatten", ["a"], ["y"]).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("batch norm as served", Norm(0, 15), null);
        yield return ("batch norm in training", Norm(1, 15), "BatchNormalization");
        yield return ("instance norm", Image().Constant("s", Datatype.FP32, [2], 1f, 2f).Node("InstanceNormalization", ["x", "s", "s"], ["y"]).Output("y", Datatype.FP32, "n", 2, 5, 5), null);
        yield return ("mean and variance of the batch", Image().Node("MeanVarianceNormalization", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 2, 5, 5), "MeanVarianceNormalization");
        yield return ("larger pictures", Image().Constant("s", Datatype.FP32, [4], 1f, 1f, 2f, 2f).Node("Resize", ["x", "", "s"], ["y"]).Output("y", Datatype.FP32, "n", 2, 10, 10), null);
        yield return ("more rows", Image().Constant("s", Datatype.FP32, [4], 2f, 1f, 1f, 1f).Node("Resize", ["x", "", "s"], ["y"]).Output("y", Datatype.FP32, "m", 2, 5, 5), "Resize");
    }

    private static OnnxFile Norm(long training, long version)
    {
        var file = new OnnxFile().Import("", version).Input("x", Datatype.FP32, "n", 3);
        foreach (var (name, value) in new[] { ("s", 2f), ("b", 1f), ("m", 0.5f), ("v", 4f) }) file.Constant(name, Datatype.FP32, [3], value, value, value);
        string[] outputs = training == 1 ? ["y", "mean", "var"] : ["y"];
        return file.Node("BatchNormalization", ["x", "s", "b", "m", "v"], outputs, "", Integer("training_mode", training)).Output("y", Datatype.FP32, "n", 3);
    }

    private static IEnumerable<(string, OnnxFile, string?)> Estimators()
    {
        yield return ("a linear classifier with names", Table().Import(Ml, 3).Node("Scaler", ["x"], ["a"], Ml, Singles("offset", 1, 2, 3), Singles("scale", 2, 1, 0.5f))
            .Node("LinearClassifier", ["a"], ["label", "s"], Ml, Singles("coefficients", 1, 2, 3, -1, 0, 2), Singles("intercepts", 0, 1), Integers("classlabels_ints", 0, 1), Text("post_transform", "SOFTMAX"))
            .Node("Normalizer", ["s"], ["y"], Ml, Text("norm", "L1")).Output("label", Datatype.Int64, "n").Output("y", Datatype.FP32, "n", 2), null);
        yield return ("missing values and categories", new OnnxFile().Import(Ml, 3).Input("x", Datatype.FP32, "n", 2).Input("c", Datatype.Int64, "n", 1)
            .Node("Imputer", ["x"], ["a"], Ml, Singles("imputed_value_floats", 1, 2), Single("replaced_value_float", float.NaN)).Node("OneHotEncoder", ["c"], ["h"], Ml, Integers("cats_int64s", 0, 1, 2))
            .Constant("s", Datatype.Int64, [2], -1L, 3L).Node("Reshape", ["h", "s"], ["o"]).Node("Concat", ["a", "o"], ["y"], "", Integer("axis", 1)).Output("y", Datatype.FP32, "n", 5), null);
        yield return ("labels by place as scikit-learn writes them", Table().Import(Ml, 3).Constant("names", Datatype.Int64, [3], 7L, 8L, 9L).Constant("s", Datatype.Int64, [1], -1L)
            .Node("ArgMax", ["x"], ["i"], "", Integer("axis", 1)).Node("ArrayFeatureExtractor", ["names", "i"], ["l"], Ml).Node("Reshape", ["l", "s"], ["y"]).Output("y", Datatype.Int64, "n"), null);
        yield return ("some features", Table().Import(Ml, 3).Constant("i", Datatype.Int64, [2], 2L, 0L).Node("ArrayFeatureExtractor", ["x", "i"], ["y"], Ml).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("a vector taken for one row", new OnnxFile().Import(Ml, 3).Input("x", Datatype.FP32, "n").Node("Normalizer", ["x"], ["y"], Ml, Text("norm", "L1")).Output("y", Datatype.FP32, "n"), Ml + ".Normalizer");
        yield return ("an estimator with maps", Table().Import(Ml, 3).Node("ZipMap", ["x"], ["y"], Ml, Integers("classlabels_int64s", 0, 1, 2)).OutputMaps("y"), null);
    }

    private static OnnxFile Sentence() => new OnnxFile().Import("", 20).Import(Ml, 3).Import("com.microsoft", 1).Input("x", Datatype.Bytes, "n");

    private static IEnumerable<(string, OnnxFile, string?)> Words()
    {
        var table = new[] { 0f, 0f, 1f, 2f, 3f, -4f };
        OnnxFile Embedded() => Sentence().Node("StringSplit", ["x"], ["w", "count"], "", Text("delimiter", " "))
            .Node("LabelEncoder", ["w"], ["i"], Ml, Texts("keys_strings", "", "a"), Integers("values_int64s", 0, 1), Integer("default_int64", 2))
            .Constant("t", Datatype.FP32, [3, 2], table).Node("Gather", ["t", "i"], ["e"]).Constant("one", Datatype.Int64, [1], 1L);
        yield return ("an average of words", Embedded().Node("ReduceMean", ["e", "one"], ["y"], "", Integer("keepdims", 0)).Output("y", Datatype.FP32, "n", 2), "ReduceMean");
        yield return ("a sum of words whose filling counts nothing", Embedded().Node("ReduceSum", ["e", "one"], ["y"], "", Integer("keepdims", 0)).Output("y", Datatype.FP32, "n", 2), null);
        yield return ("a sum of words whose filling counts", Embedded().Constant("half", Datatype.FP32, [], 0.5f).Node("Add", ["e", "half"], ["f"]).Node("ReduceSum", ["f", "one"], ["y"], "", Integer("keepdims", 0)).Output("y", Datatype.FP32, "n", 2), "ReduceSum");
        yield return ("the largest of words, the filling among them or not", Embedded().Node("ReduceMax", ["e", "one"], ["y"], "", Integer("keepdims", 0)).Output("y", Datatype.FP32, "n", 2), "ReduceMax");
        yield return ("the words themselves", Sentence().Node("StringSplit", ["x"], ["y", "count"], "", Text("delimiter", " ")).Output("y", Datatype.Bytes, "n", "k"), "The output");
        yield return ("the number of words", Sentence().Node("StringSplit", ["x"], ["w", "y"], "", Text("delimiter", " ")).Output("y", Datatype.Int64, "n"), null);
        yield return ("a sum of words by the longest", Embedded().Node("ReduceSum", ["e", "one"], ["s"], "", Integer("keepdims", 0)).Node("Shape", ["i"], ["sh"]).Constant("at", Datatype.Int64, [], 1L)
            .Node("Gather", ["sh", "at"], ["l"]).Node("Cast", ["l"], ["f"], "", Integer("to", 1)).Node("Div", ["s", "f"], ["y"]).Output("y", Datatype.FP32, "n", 2), "Div");
        OnnxFile Terms(string pad) => Sentence().Node("Tokenizer", ["x"], ["w"], "com.microsoft", Integer("mark", 0), Integer("mincharnum", 1), Text("pad_value", pad), Texts("separators", " "))
            .Node("Flatten", ["w"], ["f"]).Node("TfIdfVectorizer", ["f"], ["y"], "", Text("mode", "TF"), Integer("min_gram_length", 1), Integer("max_gram_length", 1), Integer("max_skip_count", 0),
                Integers("ngram_counts", 0), Integers("ngram_indexes", 0, 1), Texts("pool_strings", "a", "b")).Output("y", Datatype.FP32, "n", 2);
        yield return ("terms as scikit-learn counts them", Terms("#"), null);
        yield return ("terms that hold the filling", Terms("b"), "TfIdfVectorizer");
    }

    private static IEnumerable<(string, OnnxFile, string?)> Branches()
    {
        var then = new OnnxFile().Node("Relu", ["x"], ["z"]).Output("z", Datatype.FP32, "n", 3);
        var other = new OnnxFile().Node("Neg", ["x"], ["z"]).Output("z", Datatype.FP32, "n", 3);
        yield return ("a branch by the width", Table().Constant("c", Datatype.Int64, [], 3L).Constant("at", Datatype.Int64, [], 1L).Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "at"], ["w"]).Node("Equal", ["w", "c"], ["is"])
            .Node("If", ["is"], ["y"], "", Graph("then_branch", then), Graph("else_branch", other)).Output("y", Datatype.FP32, "n", 3), null);
        yield return ("a branch by the number of rows", Table().Constant("c", Datatype.Int64, [], 1L).Constant("at", Datatype.Int64, [], 0L).Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "at"], ["w"]).Node("Equal", ["w", "c"], ["is"])
            .Node("If", ["is"], ["y"], "", Graph("then_branch", then), Graph("else_branch", other)).Output("y", Datatype.FP32, "n", 3), "If");
        yield return ("a function of the file's own", Table().Function("own", "Twice", ["a"], ["b"], Operator("Add", ["a", "a"], ["b"])).Import("own", 1).Node("Twice", ["x"], ["y"], "own").Output("y", Datatype.FP32, "n", 3), null);
        yield return ("a function that mixes", Table().Function("own", "Centred", ["a"], ["b"], Operator("ReduceMean", ["a"], ["m"], "", Integers("axes", 0)), Operator("Sub", ["a", "m"], ["b"]))
            .Import("own", 1).Node("Centred", ["x"], ["y"], "own").Output("y", Datatype.FP32, "n", 3), "ReduceMean");
    }
}
