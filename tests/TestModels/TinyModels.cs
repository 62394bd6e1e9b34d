using Platform.Onnx.Tensors;

namespace Platform.TestModels;

/// <summary>Small models whose answers can be told beforehand.</summary>
public static class TinyModels
{
    /// <summary>Gives back the rows of <c>x</c> as <c>y</c>, whatever the type.</summary>
    public static OnnxFile Identity(Datatype datatype, params object[] shape) => new OnnxFile()
        .Input("x", datatype, shape)
        .Node("Identity", ["x"], ["y"])
        .Output("y", datatype, shape);

    /// <summary><c>sum</c> = x·w per row of three numbers, and <c>doubled</c> = 2x.</summary>
    public static OnnxFile Linear(float w0 = 1, float w1 = 10, float w2 = 100) => new OnnxFile()
        .Input("x", Datatype.FP32, "n", 3)
        .Constant("w", Datatype.FP32, [3, 1], w0, w1, w2)
        .Constant("two", Datatype.FP32, [], 2f)
        .Node("MatMul", ["x", "w"], ["sum"])
        .Node("Mul", ["x", "two"], ["doubled"])
        .Output("sum", Datatype.FP32, "n", 1)
        .Output("doubled", Datatype.FP32, "n", 3);

    /// <summary>
    /// <c>y</c> = x + b, where the caller may leave out <c>b</c>, which is 10, 20, 30 then, and <c>unused</c>, which no node reads.
    /// </summary>
    public static OnnxFile OptionalInputs() => new OnnxFile()
        .Input("b", Datatype.FP32, 3)
        .Input("x", Datatype.FP32, "n", 3)
        .Input("unused", Datatype.FP32)
        .Constant("b", Datatype.FP32, [3], 10f, 20f, 30f)
        .Constant("unused", Datatype.FP32, [], 1f)
        .Node("Add", ["x", "b"], ["y"])
        .Output("y", Datatype.FP32, "n", 3);

    /// <summary>As many layers of a mebibyte of weights each as asked for: not tiny, for what memory costs.</summary>
    public static OnnxFile Layers(int count)
    {
        const int width = 512;
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", width);
        for (var layer = 0; layer < count; layer++)
        {
            // Different in each, or the runtime might keep them only once.
            var weights = Enumerable.Range(0, width * width).Select(i => (layer * 31 + i) % 1009 * 1e-6f).ToArray();
            file.Constant($"w{layer}", Datatype.FP32, [width, width], weights)
                .Node("MatMul", [layer == 0 ? "x" : $"h{layer}", $"w{layer}"], [layer == count - 1 ? "y" : $"h{layer + 1}"]);
        }

        return file.Output("y", Datatype.FP32, "n", width);
    }

    /// <summary>Two inputs of different types; <c>y</c> = a + b.</summary>
    public static OnnxFile Add() => new OnnxFile()
        .Input("a", Datatype.FP32, "n", 2)
        .Input("b", Datatype.Int64, "n", 2)
        .Node("Cast", ["b"], ["c"], attributes: OnnxFile.Integer("to", 1))
        .Node("Add", ["a", "c"], ["y"])
        .Output("y", Datatype.FP32, "n", 2);

    /// <summary>
    /// <c>y</c> = the texts <c>x</c> in lower case, as scikit-learn's text pipelines begin; in the runtime's own locale unless one is named.
    /// </summary>
    public static OnnxFile LowerCase(string? locale = null) => new OnnxFile()
        .Input("x", Datatype.Bytes, "n")
        .Node("StringNormalizer", ["x"], ["y"], attributes:
        [
            OnnxFile.Text("case_change_action", "LOWER"), OnnxFile.Integer("is_case_sensitive", 0),
            .. locale is null ? Array.Empty<ProtobufWriter>() : [OnnxFile.Text("locale", locale)],
        ])
        .Output("y", Datatype.Bytes, "n");

    /// <summary>Looks up <c>index</c> in a table of four entries: fails on an index outside it.</summary>
    public static OnnxFile Lookup() => new OnnxFile()
        .Input("index", Datatype.Int64, "n")
        .Constant("table", Datatype.FP32, [4], 0f, 10f, 20f, 30f)
        .Node("Gather", ["table", "index"], ["y"])
        .Output("y", Datatype.FP32, "n");

    /// <summary>Gives back <c>x</c>, but fails on more than four rows.</summary>
    public static OnnxFile UpToFourRows() => new OnnxFile()
        .Input("x", Datatype.FP32, "n")
        .Constant("one", Datatype.Int64, [1], 1L)
        .Constant("table", Datatype.FP32, [4], 0f, 0f, 0f, 0f)
        .Node("Shape", ["x"], ["rows"])
        .Node("Sub", ["rows", "one"], ["last"])
        .Node("Gather", ["table", "last"], ["zero"])
        .Node("Add", ["x", "zero"], ["y"])
        .Output("y", Datatype.FP32, "n");

    /// <summary>Every row's answer depends on the whole input: rows must not be put together with those of others.</summary>
    public static OnnxFile RunningSum() => new OnnxFile()
        .Input("x", Datatype.FP32, "t")
        .Constant("axis", Datatype.Int32, [], 0)
        .Node("CumSum", ["x", "axis"], ["y"])
        .Output("y", Datatype.FP32, "t");

    /// <summary><c>y</c> holds the one element of <c>x</c> as often as the one number of <c>times</c> says: a few bytes ask for any size.</summary>
    public static OnnxFile Repeat(Datatype datatype = Datatype.FP32) => new OnnxFile()
        .Input("x", datatype, "one")
        .Input("times", Datatype.Int64, "dimensions")
        .Node("Expand", ["x", "times"], ["y"])
        .Output("y", datatype, "n");

    /// <summary>Gives back each row's <c>x</c> as often as the largest <c>width</c> of the run says: how wide the answers are shows only then.</summary>
    public static OnnxFile Widened() => new OnnxFile()
        .Input("x", Datatype.FP32, "n", 1)
        .Input("width", Datatype.Int64, "n")
        .Constant("one", Datatype.Int64, [1], 1L)
        .Node("ReduceMax", ["width"], ["widest"], "", OnnxFile.Integer("keepdims", 1))
        .Node("Concat", ["one", "widest"], ["times"], "", OnnxFile.Integer("axis", 0))
        .Node("Tile", ["x", "times"], ["y"])
        .Output("y", Datatype.FP32, "n", "m");

    /// <summary>Gives back a boolean and a whole number.</summary>
    public static OnnxFile FlagAndCode() => new OnnxFile()
        .Input("flag", Datatype.Bool, "n")
        .Input("code", Datatype.Int64, "n")
        .Node("Identity", ["flag"], ["same_flag"])
        .Node("Identity", ["code"], ["same_code"])
        .Output("same_flag", Datatype.Bool, "n")
        .Output("same_code", Datatype.Int64, "n");

    /// <summary>A model without a batch dimension.</summary>
    public static OnnxFile FixedShape() => new OnnxFile()
        .Input("x", Datatype.FP32, 2, 2)
        .Node("Neg", ["x"], ["y"])
        .Output("y", Datatype.FP32, 2, 2);

    /// <summary>A loop that goes on for as long as it is let: for tests of time-outs.</summary>
    public static OnnxFile Endless() => new OnnxFile()
        .Input("x", Datatype.FP32, "n")
        .Constant("trips", Datatype.Int64, [], long.MaxValue)
        .Constant("go", Datatype.Bool, [], true)
        .Node("Loop", ["trips", "go", "x"], ["y"], "", new ProtobufWriter().Text(1, "body").Message(6, EndlessBody("Neg")).Number(20, 5))
        .Output("y", Datatype.FP32, "n");

    private static ProtobufWriter EndlessBody(string step) => new OnnxFile()
        .Input("i", Datatype.Int64)
        .Input("on", Datatype.Bool)
        .Input("state", Datatype.FP32, "n")
        .Node("Identity", ["on"], ["still"])
        .Node(step, ["state"], ["next"])
        .Output("still", Datatype.Bool)
        .Output("next", Datatype.FP32, "n")
        .ToGraph();

    /// <summary>Gives back <c>x</c> after as many rounds as the largest <c>rounds</c> asks for: a run as long as a test wants.</summary>
    public static OnnxFile Slow() => new OnnxFile()
        .Input("x", Datatype.FP32, "n")
        .Input("rounds", Datatype.Int64, "n")
        .Constant("go", Datatype.Bool, [], true)
        .Node("ReduceMax", ["rounds"], ["trips"], "", OnnxFile.Integer("keepdims", 0))
        .Node("Loop", ["trips", "go", "x"], ["y"], "", new ProtobufWriter().Text(1, "body").Message(6, EndlessBody("Identity")).Number(20, 5))
        .Output("y", Datatype.FP32, "n");

    /// <summary>
    /// What <see cref="Slow"/> does, over a tensor that holds the one element of <c>x</c> as often as <c>times</c> says; gives back one of them.
    /// </summary>
    public static OnnxFile Held() => new OnnxFile()
        .Input("x", Datatype.FP32, "one")
        .Input("rounds", Datatype.Int64, "n")
        .Input("times", Datatype.Int64, "dimensions")
        .Constant("go", Datatype.Bool, [], true)
        .Constant("none", Datatype.Int64, [1], 0L)
        .Node("ReduceMax", ["rounds"], ["trips"], "", OnnxFile.Integer("keepdims", 0))
        .Node("Expand", ["x", "times"], ["held"])
        .Node("Loop", ["trips", "go", "held"], ["kept"], "", new ProtobufWriter().Text(1, "body").Message(6, EndlessBody("Abs")).Number(20, 5))
        .Node("Gather", ["kept", "none"], ["y"])
        .Output("y", Datatype.FP32, "one");

    /// <summary>Takes what <see cref="Slow"/> takes, and gives back <c>x</c> at once.</summary>
    public static OnnxFile Fast() => new OnnxFile()
        .Input("x", Datatype.FP32, "n")
        .Input("rounds", Datatype.Int64, "n")
        .Node("Identity", ["x"], ["y"])
        .Output("y", Datatype.FP32, "n");

    /// <summary>
    /// <c>doubled</c> = 2x for rows of any width, and <c>picked</c>, which makes the run fail where an index is not in 0 to 3.
    /// </summary>
    public static OnnxFile Fragile() => new OnnxFile()
        .Input("x", Datatype.FP32, "n", "width")
        .Input("index", Datatype.Int64, "n")
        .Constant("two", Datatype.FP32, [], 2f)
        .Constant("table", Datatype.FP32, [4], 0f, 10f, 20f, 30f)
        .Node("Mul", ["x", "two"], ["doubled"])
        .Node("Gather", ["table", "index"], ["picked"])
        .Output("doubled", Datatype.FP32, "n", "width")
        .Output("picked", Datatype.FP32, "n");
}
