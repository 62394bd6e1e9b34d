using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>
/// Turns a sequence of maps from class to score, the form in which scikit-learn's exporter leaves probabilities (ZipMap),
/// into an FP32 table: one row per map, one column per class, classes in ascending order of their key.
/// </summary>
internal static class MapTable
{
    public static bool Supports(TensorElementType key, TensorElementType value) =>
        key is TensorElementType.Int64 or TensorElementType.String && value is TensorElementType.Float;

    /// <exception cref="InvalidDataException">The maps do not all have the same number of classes.</exception>
    public static void Write(OrtValue sequence, TensorBuffer target)
    {
        var rows = new List<float[]>();
        sequence.ProcessSequence((map, _) => rows.Add(ReadScores(map)), OrtAllocator.DefaultInstance);

        var columns = rows.Count == 0 ? 0 : rows[0].Length;
        if (rows.Exists(row => row.Length != columns)) throw new InvalidDataException("Rows differ in their number of classes.");

        target.Reset(Datatype.FP32, [rows.Count, columns]);
        var cells = target.AsSpan<float>();
        for (var i = 0; i < rows.Count; i++) rows[i].CopyTo(cells[(i * columns)..]);
    }

    // ONNX Runtime holds these maps ordered by key, so the values already are.
    private static float[] ReadScores(OrtValue map)
    {
        float[] scores = [];
        map.ProcessMap((_, values) => scores = values.GetTensorDataAsSpan<float>().ToArray(), OrtAllocator.DefaultInstance);
        return scores;
    }
}
