using Platform.Onnx.Tensors;
using static Platform.TestModels.OnnxFile;

namespace Platform.TestModels;

/// <summary>Pieces of graphs as exporters write them.</summary>
public static class ExporterCases
{
    private const string Ml = "ai.onnx.ml";

    public static IEnumerable<(string Name, OnnxFile File, string? Mixes)> All =>
    [
        ("a recurrent layer that begins with zeros for each row", Lstm(), null),
        ("windows of a picture and back", Windows(), null),
        ("a view as TensorFlow's converter writes it", View(), null),
        ("positions out of a table as long as the text", Positions(), null),
        ("distances from centres", Centres(), null),
        ("distances as scikit-learn's converter writes them", Scan(running: false), null),
        ("a sum that goes on from row to row", Scan(running: true), "Scan"),
        ("neighbours by place in the training data", Neighbours(), null),
        ("a mask for each row", Masked(), null),
        ("an old default that is an input, too", OldClassifier(), null),
        ("numbers in few bits with a scale for each channel", Quantised(), null),
    ];

    private static float[] Some(int count) => [.. Enumerable.Range(0, count).Select(i => i * 37 % 11 * 0.1f - 0.5f)];

    private static OnnxFile Lstm() => new OnnxFile().Input("x", Datatype.FP32, "n", "t", 4)
        .Constant("zero", Datatype.Int64, [], 0L).Constant("first", Datatype.Int64, [1], 0L).Constant("one", Datatype.Int64, [1], 1L).Constant("two", Datatype.Int64, [1], 2L)
        .Constant("w", Datatype.FP32, [1, 8, 4], Some(32)).Constant("r", Datatype.FP32, [1, 8, 2], Some(16)).Constant("b", Datatype.FP32, [1, 16], Some(16))
        .Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "zero"], ["n"]).Node("Unsqueeze", ["n", "first"], ["n1"]).Node("Concat", ["one", "n1", "two"], ["state"], "", Integer("axis", 0))
        .Node("ConstantOfShape", ["state"], ["h0"]).Node("Transpose", ["x"], ["xt"], "", Integers("perm", 1, 0, 2))
        .Node("LSTM", ["xt", "w", "r", "b", "", "h0", "h0"], ["all", "h", "c"], "", Integer("hidden_size", 2))
        .Node("Squeeze", ["all", "one"], ["s"]).Node("Transpose", ["s"], ["y"], "", Integers("perm", 1, 0, 2)).Output("y", Datatype.FP32, "n", "t", 2);

    private static OnnxFile Windows() => new OnnxFile().Input("x", Datatype.FP32, "n", 4, 4, 2)
        .Constant("cut", Datatype.Int64, [6], 0L, 2L, 2L, 2L, 2L, 2L).Constant("windows", Datatype.Int64, [3], -1L, 4L, 2L).Constant("w", Datatype.FP32, [2, 2], Some(4))
        .Constant("back", Datatype.Int64, [6], -1L, 2L, 2L, 2L, 2L, 2L).Constant("whole", Datatype.Int64, [4], -1L, 4L, 4L, 2L)
        .Node("Reshape", ["x", "cut"], ["a"]).Node("Transpose", ["a"], ["b"], "", Integers("perm", 0, 1, 3, 2, 4, 5)).Node("Reshape", ["b", "windows"], ["c"])
        .Node("Transpose", ["c"], ["ct"], "", Integers("perm", 0, 2, 1)).Node("MatMul", ["c", "ct"], ["s"]).Node("Softmax", ["s"], ["p"], "", Integer("axis", 2)).Node("MatMul", ["p", "c"], ["o"]).Node("MatMul", ["o", "w"], ["d"])
        .Node("Reshape", ["d", "back"], ["e"]).Node("Transpose", ["e"], ["f"], "", Integers("perm", 0, 1, 3, 2, 4, 5)).Node("Reshape", ["f", "whole"], ["y"]).Output("y", Datatype.FP32, "n", 4, 4, 2);

    private static OnnxFile View() => new OnnxFile().Input("x", Datatype.FP32, "n", 2, 3)
        .Constant("zero", Datatype.Int64, [1], 0L).Constant("one", Datatype.Int64, [1], 1L).Constant("six", Datatype.Int32, [1], 6)
        .Node("Shape", ["x"], ["sh"]).Node("Cast", ["sh"], ["sh32"], "", Integer("to", 6)).Node("Slice", ["sh32", "zero", "one", "zero"], ["n"])
        .Node("Concat", ["n", "six"], ["to32"], "", Integer("axis", 0)).Node("Cast", ["to32"], ["to"], "", Integer("to", 7)).Node("Reshape", ["x", "to"], ["y"]).Output("y", Datatype.FP32, "n", 6);

    private static OnnxFile Positions() => new OnnxFile().Input("x", Datatype.Int64, "n", "t")
        .Constant("one", Datatype.Int64, [], 1L).Constant("first", Datatype.Int64, [1], 0L).Constant("second", Datatype.Int64, [1], 1L)
        .Constant("ids", Datatype.Int64, [1, 100], [.. Enumerable.Range(0, 100).Select(i => (long)i)]).Constant("places", Datatype.FP32, [100, 2], Some(200)).Constant("words", Datatype.FP32, [2, 2], Some(4))
        .Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "one"], ["t"]).Node("Unsqueeze", ["t", "first"], ["t1"]).Node("Slice", ["ids", "first", "t1", "second"], ["own"])
        .Node("Gather", ["places", "own"], ["p"]).Node("Gather", ["words", "x"], ["w"]).Node("Add", ["w", "p"], ["y"]).Output("y", Datatype.FP32, "n", "t", 2);

    private static OnnxFile Centres() => new OnnxFile().Input("x", Datatype.FP32, "n", 3).Constant("c", Datatype.FP32, [2, 3], Some(6)).Constant("cc", Datatype.FP32, [2], Some(2))
        .Node("ReduceSumSquare", ["x"], ["xx"], "", Integers("axes", 1), Integer("keepdims", 1)).Node("Gemm", ["x", "c", "cc"], ["g"], "", Integer("transB", 1), Single("alpha", -2))
        .Node("Add", ["xx", "g"], ["d"]).Node("ArgMin", ["d"], ["y"], "", Integer("axis", 1), Integer("keepdims", 0)).Output("y", Datatype.Int64, "n");

    private static OnnxFile Scan(bool running)
    {
        var body = new OnnxFile().Input("state", Datatype.FP32, 2, 3).Input("row", Datatype.FP32, 3)
            .Node("Sub", ["state", "row"], ["d"]).Node(running ? "Neg" : "Identity", [running ? "d" : "state"], ["next"])
            .Node("ReduceSumSquare", ["d"], ["distance"], "", Integers("axes", 1), Integer("keepdims", 0)).Output("next", Datatype.FP32, 2, 3).Output("distance", Datatype.FP32, 2);
        return new OnnxFile().Input("x", Datatype.FP32, "n", 3).Constant("c", Datatype.FP32, [2, 3], Some(6))
            .Node("Scan", ["c", "x"], ["last", "y"], "", Graph("body", body), Integer("num_scan_inputs", 1)).Output("y", Datatype.FP32, "n", 2);
    }

    private static OnnxFile Neighbours() => new OnnxFile().Import(Ml, 3).Import("com.microsoft", 1).Input("x", Datatype.FP32, "n", 2)
        .Constant("train", Datatype.FP32, [5, 2], Some(10)).Constant("labels", Datatype.FP32, [5], Some(5)).Constant("k", Datatype.Int64, [1], 3L).Constant("back", Datatype.Int64, [2], -1L, 3L)
        .Node("CDist", ["x", "train"], ["d"], "com.microsoft", Text("metric", "sqeuclidean")).Node("TopK", ["d", "k"], ["v", "i"], "", Integer("largest", 0))
        .Node("ArrayFeatureExtractor", ["labels", "i"], ["l"], Ml).Node("Reshape", ["l", "back"], ["r"]).Node("ReduceMean", ["r"], ["y"], "", Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1);

    private static OnnxFile Masked() => new OnnxFile().Input("x", Datatype.FP32, "n", "t", 4).Input("mask", Datatype.Int64, "n", "t")
        .Constant("axes", Datatype.Int64, [1], 1L).Constant("one", Datatype.FP32, [], 1f).Constant("least", Datatype.FP32, [], -10000f)
        .Node("Unsqueeze", ["mask", "axes"], ["m"]).Node("Cast", ["m"], ["f"], "", Integer("to", 1)).Node("Sub", ["one", "f"], ["not"]).Node("Mul", ["not", "least"], ["bias"])
        .Node("Transpose", ["x"], ["k"], "", Integers("perm", 0, 2, 1)).Node("MatMul", ["x", "k"], ["s"]).Node("Add", ["s", "bias"], ["b"]).Node("Softmax", ["b"], ["p"], "", Integer("axis", -1))
        .Node("MatMul", ["p", "x"], ["y"]).Output("y", Datatype.FP32, "n", "t", 4);

    private static OnnxFile OldClassifier() => new OnnxFile().Import("", 9).Input("x", Datatype.FP32, "n", 2, 3).Input("shape", Datatype.Int64, 2).Input("w", Datatype.FP32, 6, 2)
        .Constant("shape", Datatype.Int64, [2], -1L, 6L).Constant("w", Datatype.FP32, [6, 2], Some(12))
        .Node("Reshape", ["x", "shape"], ["a"]).Node("MatMul", ["a", "w"], ["b"]).Node("Softmax", ["b"], ["y"], "", Integer("axis", 1)).Output("y", Datatype.FP32, "n", 2);

    private static OnnxFile Quantised() => new OnnxFile().Input("x", Datatype.FP32, "n", 3).Constant("s", Datatype.FP32, [], 0.1f).Constant("z", Datatype.UInt8, [], (byte)128)
        .Constant("w", Datatype.Int8, [3, 2], (sbyte)1, (sbyte)-2, (sbyte)3, (sbyte)4, (sbyte)-5, (sbyte)6).Constant("ws", Datatype.FP32, [2], 0.1f, 0.2f).Constant("wz", Datatype.Int8, [2], (sbyte)0, (sbyte)0)
        .Node("QuantizeLinear", ["x", "s", "z"], ["q"]).Node("DequantizeLinear", ["q", "s", "z"], ["d"]).Node("DequantizeLinear", ["w", "ws", "wz"], ["wd"], "", Integer("axis", 1))
        .Node("MatMul", ["d", "wd"], ["y"]).Output("y", Datatype.FP32, "n", 2);
}
