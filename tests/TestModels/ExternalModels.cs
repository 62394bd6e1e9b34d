using System.Runtime.InteropServices;
using Platform.Onnx.Tensors;

namespace Platform.TestModels;

/// <summary>A model whose weights lie in files beside it, as PyTorch's exporter writes it by default.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="Files">The other files by name.</param>
public sealed record ExternalModels(byte[] Model, IReadOnlyDictionary<string, byte[]> Files)
{
    public const string Weights = "model.onnx.data";
    public const string Biases = "biases.bin";

    /// <summary>
    /// <c>y</c> = relu(x·w + b) reshaped as it was, of three numbers per row, and <c>n</c> = the number of values in a row. All constants are
    /// elsewhere: w and the shape in one file at offsets of their own, b in another.
    /// </summary>
    public static ExternalModels Layer() => new(LayerFile().ToArray(), new Dictionary<string, byte[]>
    {
        // 16 bytes that nobody refers to, w, and the shape behind a gap: as exporters align them.
        [Weights] = [.. new byte[16], .. Bytes<float>(1, 0, 0, 0, 10, 0, 0, 0, 100), .. new byte[12], .. Bytes<long>(-1, 3)],
        [Biases] = Bytes<float>(0, 0.5f, -1),
    });

    /// <summary>
    /// <c>y</c> = (x·w + b)·v of 64 numbers per row: constants of some kilobytes, two of them in one file, with the same values inside.
    /// </summary>
    public static (ExternalModels Outside, OnnxFile Inside) Wide()
    {
        const int width = 64;
        var (w, v, b) = (Values(width * width, 1), Values(width * width, 7), Values(8 * width, 3));
        var outside = new OnnxFile().ExternalConstant("w", Datatype.FP32, [width, width], Weights, 512)
            .ExternalConstant("v", Datatype.FP32, [width, width], $"./{Weights}", 512 + 4 * width * width, 4 * width * width)
            .ExternalConstant("b", Datatype.FP32, [8, width], "more/b.bin");
        var inside = new OnnxFile().Constant("w", Datatype.FP32, [width, width], w).Constant("v", Datatype.FP32, [width, width], v).Constant("b", Datatype.FP32, [8, width], b);
        foreach (var file in (OnnxFile[])[outside, inside])
            file.Input("x", Datatype.FP32, 8, width).Node("MatMul", ["x", "w"], ["h"]).Node("Add", ["h", "b"], ["s"]).Node("MatMul", ["s", "v"], ["y"])
                .Output("y", Datatype.FP32, 8, width);
        var files = new Dictionary<string, byte[]> { [Weights] = [.. new byte[512], .. Bytes(w), .. Bytes(v)], ["more/b.bin"] = Bytes(b) };
        return (new ExternalModels(outside.ToArray(), files), inside);
    }

    /// <summary><see cref="Layer"/> with its constants inside.</summary>
    public static OnnxFile LayerInside() => Graph(new OnnxFile()
        .Constant("w", Datatype.FP32, [3, 3], 1f, 0, 0, 0, 10, 0, 0, 0, 100)
        .Constant("b", Datatype.FP32, [3], 0f, 0.5f, -1f)
        .Constant("shape", Datatype.Int64, [2], -1L, 3L));

    /// <summary>The ONNX file of <see cref="Layer"/>.</summary>
    public static OnnxFile LayerFile(string weights = Weights, long offset = 16, long? length = 36) => Graph(new OnnxFile()
        .ExternalConstant("w", Datatype.FP32, [3, 3], weights, offset, length)
        .ExternalConstant("b", Datatype.FP32, [3], Biases)
        .ExternalConstant("shape", Datatype.Int64, [2], Weights, 64, 16));

    private static OnnxFile Graph(OnnxFile constants) => constants
        .Input("x", Datatype.FP32, "n", 3)
        .Node("MatMul", ["x", "w"], ["h"]).Node("Add", ["h", "b"], ["s"]).Node("Relu", ["s"], ["r"]).Node("Reshape", ["r", "shape"], ["y"])
        .Output("y", Datatype.FP32, "n", 3);

    private static float[] Values(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => (i * 31 + seed) % 101 * 1e-2f)];

    private static byte[] Bytes<T>(params T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
