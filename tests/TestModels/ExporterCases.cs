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
        ("a layer of an encoder as PyTorch writes it", Encoder(), null),
        ("a network of pictures that flattens by its shape", Pictures(), null),
        ("categories and numbers for trees as scikit-learn writes them", Trees(), null),
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

    // Words, heads by Shape, Gather, Unsqueeze, Concat and Reshape, a mask, a norm that is written out, and the answer of the first word.
    private static OnnxFile Encoder() => new OnnxFile().Input("i", Datatype.Int64, "n", "t").Input("m", Datatype.Int64, "n", "t")
        .Constant("zero", Datatype.Int64, [], 0L).Constant("one", Datatype.Int64, [], 1L).Constant("first", Datatype.Int64, [1], 0L).Constant("two", Datatype.Int64, [1], 2L).Constant("four", Datatype.Int64, [1], 4L).Constant("inner", Datatype.Int64, [2], 1L, 2L)
        .Constant("words", Datatype.FP32, [2, 4], Some(8)).Constant("w", Datatype.FP32, [4, 4], Some(16)).Constant("b", Datatype.FP32, [4], Some(4)).Constant("least", Datatype.FP32, [], -10000f).Constant("all", Datatype.FP32, [], 1f)
        .Constant("root", Datatype.FP32, [], 1.41421f).Constant("square", Datatype.FP32, [], 2f).Constant("e", Datatype.FP32, [], 1e-5f).Constant("half", Datatype.FP32, [], 0.5f).Constant("v", Datatype.FP32, [4, 2], Some(8))
        .Node("Unsqueeze", ["m", "inner"], ["m4"]).Node("Cast", ["m4"], ["mf"], "", Integer("to", 1)).Node("Sub", ["all", "mf"], ["not"]).Node("Mul", ["not", "least"], ["bias"])
        .Node("Gather", ["words", "i"], ["x"]).Node("MatMul", ["x", "w"], ["p"]).Node("Add", ["p", "b"], ["q"])
        .Node("Shape", ["q"], ["s1"]).Node("Gather", ["s1", "zero"], ["n1"]).Node("Shape", ["q"], ["s2"]).Node("Gather", ["s2", "one"], ["t1"]).Node("Unsqueeze", ["n1", "first"], ["n2"]).Node("Unsqueeze", ["t1", "first"], ["t2"])
        .Node("Concat", ["n2", "t2", "two", "two"], ["heads"], "", Integer("axis", 0)).Node("Reshape", ["q", "heads"], ["h"]).Node("Transpose", ["h"], ["qh"], "", Integers("perm", 0, 2, 1, 3)).Node("Transpose", ["h"], ["kh"], "", Integers("perm", 0, 2, 3, 1))
        .Node("MatMul", ["qh", "kh"], ["scores"]).Node("Div", ["scores", "root"], ["scaled"]).Node("Add", ["scaled", "bias"], ["masked"]).Node("Softmax", ["masked"], ["weights"], "", Integer("axis", -1))
        .Node("MatMul", ["weights", "qh"], ["o"]).Node("Transpose", ["o"], ["ot"], "", Integers("perm", 0, 2, 1, 3)).Node("Concat", ["n2", "t2", "four"], ["back"], "", Integer("axis", 0)).Node("Reshape", ["ot", "back"], ["oj"])
        .Node("Add", ["x", "oj"], ["r"]).Node("ReduceMean", ["r"], ["mean"], "", Integers("axes", -1)).Node("Sub", ["r", "mean"], ["c"]).Node("Pow", ["c", "square"], ["cc"]).Node("ReduceMean", ["cc"], ["var"], "", Integers("axes", -1))
        .Node("Add", ["var", "e"], ["ve"]).Node("Sqrt", ["ve"], ["sd"]).Node("Div", ["c", "sd"], ["norm"]).Node("Div", ["norm", "root"], ["g1"]).Node("Erf", ["g1"], ["g2"]).Node("Add", ["g2", "all"], ["g3"]).Node("Mul", ["norm", "g3"], ["g4"]).Node("Mul", ["g4", "half"], ["gelu"])
        .Node("Gather", ["gelu", "zero"], ["cls"], "", Integer("axis", 1)).Node("Gemm", ["cls", "v"], ["logits"]).Node("Softmax", ["logits"], ["y"], "", Integer("axis", -1)).Output("y", Datatype.FP32, "n", 2);

    private static OnnxFile Pictures() => new OnnxFile().Input("x", Datatype.FP32, "n", 2, 6, 6)
        .Constant("w", Datatype.FP32, [3, 2, 3, 3], Some(54)).Constant("s", Datatype.FP32, [3], 1f, 2f, 0.5f).Constant("v", Datatype.FP32, [3], 1f, 4f, 2f).Constant("d", Datatype.FP32, [3, 1, 3, 3], Some(27))
        .Constant("zero", Datatype.Int64, [], 0L).Constant("first", Datatype.Int64, [1], 0L).Constant("rest", Datatype.Int64, [1], -1L).Constant("f", Datatype.FP32, [3, 2], Some(6))
        .Node("Conv", ["x", "w"], ["a"], "", Integers("pads", 1, 1, 1, 1)).Node("BatchNormalization", ["a", "s", "s", "s", "v"], ["b"]).Node("Relu", ["b"], ["c"]).Node("MaxPool", ["c"], ["p"], "", Integers("kernel_shape", 2, 2), Integers("strides", 2, 2))
        .Node("Conv", ["p", "d"], ["e"], "", Integer("group", 3), Integers("pads", 1, 1, 1, 1)).Node("Add", ["e", "p"], ["r"]).Node("GlobalAveragePool", ["r"], ["g"])
        .Node("Shape", ["g"], ["sh"]).Node("Gather", ["sh", "zero"], ["n"]).Node("Unsqueeze", ["n", "first"], ["n1"]).Node("Concat", ["n1", "rest"], ["to"], "", Integer("axis", 0)).Node("Reshape", ["g", "to"], ["flat"]).Node("Gemm", ["flat", "f"], ["y"]).Output("y", Datatype.FP32, "n", 2);

    private static OnnxFile Trees() => new OnnxFile().Import(Ml, 3).Input("age", Datatype.FP32, "n", 1).Input("income", Datatype.FP32, "n", 1).Input("city", Datatype.Bytes, "n", 1).Constant("to", Datatype.Int64, [2], -1L, 2L)
        .Node("Concat", ["age", "income"], ["numbers"], "", Integer("axis", 1)).Node("Scaler", ["numbers"], ["scaled"], Ml, Singles("offset", 1, 2), Singles("scale", 2, 0.5f))
        .Node("OneHotEncoder", ["city"], ["hot"], Ml, Texts("cats_strings", "a", "b")).Node("Reshape", ["hot", "to"], ["flat"]).Node("Concat", ["scaled", "flat"], ["all"], "", Integer("axis", 1))
        .Node("TreeEnsembleClassifier", ["all"], ["label", "y"], Ml, Integers("nodes_treeids", 0, 0, 0), Integers("nodes_nodeids", 0, 1, 2), Integers("nodes_featureids", 2, 0, 0), Singles("nodes_values", 0.5f, 0, 0),
            Texts("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF"), Integers("nodes_truenodeids", 1, 0, 0), Integers("nodes_falsenodeids", 2, 0, 0), Integers("class_treeids", 0, 0), Integers("class_nodeids", 1, 2), Integers("class_ids", 0, 0), Singles("class_weights", 0.25f, 0.75f),
            Integers("classlabels_int64s", 0, 1), Text("post_transform", "NONE")).Output("label", Datatype.Int64, "n").Output("y", Datatype.FP32, "n", 2);

    private static OnnxFile Quantised() => new OnnxFile().Input("x", Datatype.FP32, "n", 3).Constant("s", Datatype.FP32, [], 0.1f).Constant("z", Datatype.UInt8, [], (byte)128)
        .Constant("w", Datatype.Int8, [3, 2], (sbyte)1, (sbyte)-2, (sbyte)3, (sbyte)4, (sbyte)-5, (sbyte)6).Constant("ws", Datatype.FP32, [2], 0.1f, 0.2f).Constant("wz", Datatype.Int8, [2], (sbyte)0, (sbyte)0)
        .Node("QuantizeLinear", ["x", "s", "z"], ["q"]).Node("DequantizeLinear", ["q", "s", "z"], ["d"]).Node("DequantizeLinear", ["w", "ws", "wz"], ["wd"], "", Integer("axis", 1))
        .Node("MatMul", ["d", "wd"], ["y"]).Output("y", Datatype.FP32, "n", 2);
}
