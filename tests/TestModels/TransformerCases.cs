using Platform.Onnx.Tensors;
using static Platform.TestModels.OnnxFile;

namespace Platform.TestModels;

/// <summary>What transformers are made of, as ONNX Runtime's optimiser fuses it and as operator set 23 has it.</summary>
public static class TransformerCases
{
    private const string Microsoft = "com.microsoft";

    public static IEnumerable<(string Name, OnnxFile File, string? Mixes)> All =>
    [
        ("fused attention", Fused(mask: ["n", "t"]), null),
        ("fused attention with lengths", Fused(mask: ["n"]), null),
        ("fused attention of one direction", Fused(mask: null, Integer("unidirectional", 1)), null),
        ("fused attention with a mask for one batch", Fused(mask: null, constantMask: true), Microsoft + ".Attention"),
        ("fused attention that hands on its past", Past(), Microsoft + ".Attention"),
        ("quantised attention", Quantised(), null),
        ("attention of many heads", ManyHeads("x"), null),
        ("attention of many heads with a mask and a bias for all", Masked(), null),
        ("attention to one table", ManyHeads("table"), Microsoft + ".MultiHeadAttention"),
        ("embeddings with their mask", Embedded(places: 1), null),
        ("embeddings with places for one batch", Embedded(places: 2), Microsoft + ".EmbedLayerNormalization"),
        ("a product of turned matrices", Turned("transB"), null),
        ("a product that sums over rows once turned", Turned("transA"), Microsoft + ".FusedMatMul"),
        ("a layer of additions and curves", Curves(), null),
        ("standard attention", Standard("x", "x", null), null),
        ("standard attention with a mask for all", Standard("x", "x", "all"), null),
        ("standard attention with a mask for each row", Standard("x", "x", "own"), null),
        ("standard attention to one table", Standard("table", "table", null), "Attention"),
        ("standard turns by place", Rotated(own: true), null),
        ("standard turns by a table", Rotated(own: false), null),
        ("fused turns by place", FusedTurns(), null),
        ("root mean square norm", Cube(23).Constant("w", Datatype.FP32, [4], Some(4)).Node("RMSNormalization", ["x", "w"], ["y"]).Output("y", Datatype.FP32, "n", "t", 4), null),
        ("writes into each row by itself", Scattered(axis: 1), null),
        ("writes into other rows", Scattered(axis: 0), "ScatterElements"),
        ("writes the same places in all rows", Parts(turned: true), null),
        ("writes one row", Parts(turned: false), "ScatterND"),
        ("a loop over a number of rounds", Loop("Mul"), null),
        ("a loop that goes on by what rows say", Loop("Mul", untilRow: true), "ReduceMax"),
        ("a loop with a sum over rows", Loop("MatMul"), "MatMul"),
        ("a loop as often as there are rows", Loop("Mul", asOftenAsRows: true), "Loop"),
    ];

    private static float[] Some(int count) => [.. Enumerable.Range(0, count).Select(i => i * 37 % 11 * 0.1f - 0.5f)];

    private static OnnxFile Cube(long version = 17) => new OnnxFile().Import("", version).Import(Microsoft, 1).Input("x", Datatype.FP32, "n", "t", 4);

    private static OnnxFile Fused(object[]? mask, params ProtobufWriter[] attributes) => Fused(mask, constantMask: false, attributes);

    private static OnnxFile Fused(object[]? mask, bool constantMask, params ProtobufWriter[] attributes)
    {
        var file = Cube().Constant("w", Datatype.FP32, [4, 12], Some(48)).Constant("b", Datatype.FP32, [12], Some(12));
        if (mask is not null) file.Input("m", Datatype.Int32, mask);
        if (constantMask) file.Constant("m", Datatype.Int32, [2, 2], 1, 0, 1, 1);
        string[] inputs = mask is null && !constantMask ? ["x", "w", "b"] : ["x", "w", "b", "m"];
        return file.Node("Attention", inputs, ["y"], Microsoft, [Integer("num_heads", 2), .. attributes]).Output("y", Datatype.FP32, "n", "t", 4);
    }

    private static OnnxFile Past() => Cube().Input("p", Datatype.FP32, 2, "n", 2, "s", 2).Constant("w", Datatype.FP32, [4, 12], Some(48)).Constant("b", Datatype.FP32, [12], Some(12))
        .Node("Attention", ["x", "w", "b", "", "p"], ["y", "next"], Microsoft, Integer("num_heads", 2)).Output("y", Datatype.FP32, "n", "t", 4);

    private static OnnxFile Quantised() => Cube().Constant("s", Datatype.FP32, [], 0.1f).Constant("z", Datatype.UInt8, [], (byte)128)
        .Constant("w", Datatype.Int8, [4, 12], [.. Enumerable.Range(0, 48).Select(i => (sbyte)(i % 13 - 6))]).Constant("b", Datatype.FP32, [12], Some(12)).Constant("ws", Datatype.FP32, [], 0.05f).Constant("wz", Datatype.Int8, [], (sbyte)0)
        .Node("QuantizeLinear", ["x", "s", "z"], ["q"]).Node("QAttention", ["q", "w", "b", "s", "ws", "", "z", "wz"], ["y"], Microsoft, Integer("num_heads", 2)).Output("y", Datatype.FP32, "n", "t", 4);

    private static OnnxFile ManyHeads(string keys) => Cube().Constant("table", Datatype.FP32, [1, 3, 4], Some(12))
        .Node("MultiHeadAttention", ["x", keys, keys], ["y"], Microsoft, Integer("num_heads", 2)).Output("y", Datatype.FP32, "n", "t", 4);

    private static OnnxFile Masked() => new OnnxFile().Import(Microsoft, 1).Input("x", Datatype.FP32, "n", 3, 4).Input("m", Datatype.Int32, "n", 3)
        .Constant("b", Datatype.FP32, [12], Some(12)).Constant("bias", Datatype.FP32, [1, 2, 3, 3], Some(18))
        .Node("MultiHeadAttention", ["x", "x", "x", "b", "m", "bias"], ["y"], Microsoft, Integer("num_heads", 2)).Output("y", Datatype.FP32, "n", 3, 4);

    private static OnnxFile Embedded(int places) => new OnnxFile().Import(Microsoft, 1).Input("i", Datatype.Int32, "n", 3).Input("k", Datatype.Int32, "n", 3).Input("m", Datatype.Int32, "n", 3)
        .Constant("words", Datatype.FP32, [2, 4], Some(8)).Constant("places", Datatype.FP32, [5, 4], Some(20)).Constant("kinds", Datatype.FP32, [2, 4], Some(8)).Constant("g", Datatype.FP32, [4], Some(4)).Constant("b", Datatype.FP32, [4], Some(4))
        .Constant("p", Datatype.Int32, [places, 3], [.. Enumerable.Range(0, 3 * places).Select(i => i % 5)])
        .Node("EmbedLayerNormalization", ["i", "k", "words", "places", "kinds", "g", "b", "m", "p"], ["y", "lengths"], Microsoft, Single("epsilon", 1e-5f))
        .Output("y", Datatype.FP32, "n", 3, 4).Output("lengths", Datatype.Int32, "n");

    private static OnnxFile Turned(string attribute) => new OnnxFile().Import(Microsoft, 1).Input("x", Datatype.FP32, "n", 3)
        .Constant("w", Datatype.FP32, attribute == "transB" ? [2, 3] : [1, 2], attribute == "transB" ? Some(6) : Some(2))
        .Node("FusedMatMul", ["x", attribute == "transB" ? "w" : "x"], ["y"], Microsoft, Integer(attribute, 1), Single("alpha", 0.5f))
        .Output("y", Datatype.FP32, attribute == "transB" ? "n" : 3, attribute == "transB" ? 2 : 3);

    private static OnnxFile Curves() => Cube().Constant("b", Datatype.FP32, [4], Some(4)).Constant("g", Datatype.FP32, [4], Some(4))
        .Node("Gelu", ["x"], ["a"], Microsoft).Node("FastGelu", ["a", "b"], ["c"], Microsoft).Node("BiasGelu", ["c", "b"], ["d"], Microsoft)
        .Node("SkipLayerNormalization", ["x", "d", "g", "b", "b"], ["y"], Microsoft, Single("epsilon", 1e-5f)).Output("y", Datatype.FP32, "n", "t", 4);

    private static OnnxFile Standard(string keys, string values, string? mask)
    {
        var file = new OnnxFile().Import("", 23).Input("x", Datatype.FP32, "n", 3, 4).Constant("table", Datatype.FP32, [1, 3, 4], Some(12));
        if (mask == "all") file.Constant("m", Datatype.FP32, [3, 3], Some(9));
        if (mask == "own") file.Input("m", Datatype.FP32, "n", 1, 3, 3);
        string[] inputs = mask is null ? ["x", keys, values] : ["x", keys, values, "m"];
        return file.Node("Attention", inputs, ["y"], "", Integer("q_num_heads", 2), Integer("kv_num_heads", 2)).Output("y", Datatype.FP32, "n", 3, 4);
    }

    private static OnnxFile Rotated(bool own)
    {
        var file = new OnnxFile().Import("", 23).Input("x", Datatype.FP32, "n", 2, 3, 4);
        if (own) return file.Input("c", Datatype.FP32, "n", 3, 2).Input("s", Datatype.FP32, "n", 3, 2).Node("RotaryEmbedding", ["x", "c", "s"], ["y"]).Output("y", Datatype.FP32, "n", 2, 3, 4);
        return file.Input("p", Datatype.Int64, "n", 3).Constant("c", Datatype.FP32, [5, 2], Some(10)).Constant("s", Datatype.FP32, [5, 2], Some(10))
            .Node("RotaryEmbedding", ["x", "c", "s", "p"], ["y"]).Output("y", Datatype.FP32, "n", 2, 3, 4);
    }

    private static OnnxFile FusedTurns() => new OnnxFile().Import(Microsoft, 1).Input("x", Datatype.FP32, "n", 2, 3, 4).Input("p", Datatype.Int64, "n", 3)
        .Constant("c", Datatype.FP32, [5, 2], Some(10)).Constant("s", Datatype.FP32, [5, 2], Some(10)).Node("RotaryEmbedding", ["x", "p", "c", "s"], ["y"], Microsoft).Output("y", Datatype.FP32, "n", 2, 3, 4);

    private static OnnxFile Scattered(long axis) => new OnnxFile().Input("x", Datatype.FP32, "n", 3).Input("i", Datatype.Int64, "n", 2).Input("v", Datatype.FP32, "n", 2)
        .Node("ScatterElements", ["x", "i", "v"], ["y"], "", Integer("axis", axis)).Output("y", Datatype.FP32, "n", 3);

    private static OnnxFile Parts(bool turned)
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 3).Input("v", Datatype.FP32, "n", 1);
        if (!turned)
            return file.Constant("i", Datatype.Int64, [1, 1], 0L).Constant("c", Datatype.FP32, [1, 3], Some(3)).Node("ScatterND", ["x", "i", "c"], ["y"]).Output("y", Datatype.FP32, "n", 3);
        return file.Constant("i", Datatype.Int64, [1, 1], 2L).Node("Transpose", ["x"], ["xt"]).Node("Transpose", ["v"], ["vt"]).Node("ScatterND", ["xt", "i", "vt"], ["yt"]).Node("Transpose", ["yt"], ["y"])
            .Output("y", Datatype.FP32, "n", 3);
    }

    private static OnnxFile Loop(string operation, bool untilRow = false, bool asOftenAsRows = false)
    {
        var body = new OnnxFile().Input("round", Datatype.Int64).Input("going", Datatype.Bool).Input("state", Datatype.FP32, "n", 3);
        if (operation == "MatMul") body.Node("Transpose", ["state"], ["turned"]).Node("MatMul", ["state", "turned"], ["pairs"]).Node("MatMul", ["pairs", "state"], ["next"]);
        else body.Node(operation, ["state", "x"], ["next"]);
        if (untilRow) body.Constant("one", Datatype.FP32, [], 1f).Node("ReduceMax", ["next"], ["most"], "", Integer("keepdims", 0)).Node("Less", ["most", "one"], ["on"]);
        else body.Node("Identity", ["going"], ["on"]);
        body.Output("on", Datatype.Bool).Output("next", Datatype.FP32, "n", 3);
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 3).Constant("yes", Datatype.Bool, [], true);
        if (asOftenAsRows) file.Constant("zero", Datatype.Int64, [], 0L).Node("Shape", ["x"], ["sh"]).Node("Gather", ["sh", "zero"], ["often"]);
        else file.Constant("often", Datatype.Int64, [], 3L);
        return file.Node("Loop", ["often", "yes", "x"], ["y"], "", Graph("body", body)).Output("y", Datatype.FP32, "n", 3);
    }
}
