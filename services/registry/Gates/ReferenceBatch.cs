using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.Registry.Sessions;

namespace Platform.Registry.Gates;

/// <summary>Consecutive reference rows as the tensors of one call.</summary>
internal static class ReferenceBatch
{
    /// <summary>Whether the row can be asked: whole numbers and booleans have no way to say that a value is missing.</summary>
    public static bool CanAsk(ReferenceRow row, ModelSignature signature) => signature.Inputs.All(input =>
        CanLack(DatatypeOf(input)) || ValuesOf(row, input).All(value => value.ValueKind != JsonValueKind.Null));

    /// <summary>Whether two rows may be asked in one call: their values take the same shapes.</summary>
    public static bool Alike(ReferenceRow one, ReferenceRow other, ModelSignature signature) =>
        signature.Inputs.All(input => one.Inputs[input.Name].GetArrayLength() == other.Inputs[input.Name].GetArrayLength());

    /// <summary>Whether no number of the row is missing, or too large for the input's type.</summary>
    public static bool IsFinite(ReferenceRow row, ModelSignature signature) => signature.Inputs.All(input => DatatypeOf(input) switch
    {
        Datatype.FP16 => ValuesOf(row, input).All(value => Half.IsFinite((Half)NumberOf(value))),
        Datatype.FP32 or Datatype.BF16 => ValuesOf(row, input).All(value => float.IsFinite((float)NumberOf(value))),
        Datatype.FP64 => ValuesOf(row, input).All(value => double.IsFinite(NumberOf(value))),
        _ => true,
    });

    public static Dictionary<string, Tensor> Tensors(IReadOnlyList<ReferenceRow> rows, ModelSignature signature) =>
        signature.Inputs.ToDictionary(input => input.Name, input => TensorOf(rows, input));

    private static bool CanLack(Datatype datatype) => datatype == Datatype.Bytes || datatype.IsFloatingPoint();

    private static Tensor TensorOf(IReadOnlyList<ReferenceRow> rows, TensorSignature input)
    {
        var row = RowShape.Fill(input, rows[0].Inputs[input.Name].GetArrayLength())!;
        IReadOnlyList<long> shape = RowShape.HasBatch(input) ? [rows.Count, .. row] : row;
        var values = rows.SelectMany(each => ValuesOf(each, input));
        return DatatypeOf(input) switch
        {
            Datatype.Bytes => Tensor.Strings(shape, [.. values.Select(value => value.GetString() ?? "")]),
            Datatype.Int64 => Tensor.Int64(shape, [.. values.Select(value => value.GetInt64())]),
            Datatype.UInt64 => new Tensor(Datatype.UInt64, shape, values.Select(value => value.GetUInt64()).ToArray()),
            var datatype => Tensor.FromDoubles(datatype, shape, [.. values.Select(NumberOf)]),
        };
    }

    private static double NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetDouble(),
    };

    private static JsonElement.ArrayEnumerator ValuesOf(ReferenceRow row, TensorSignature input) => row.Inputs[input.Name].EnumerateArray();

    private static Datatype DatatypeOf(TensorSignature input) => Datatypes.TryParse(input.Datatype, out var datatype)
        ? datatype
        : throw new InvalidDataException($"The stored signature has the datatype '{input.Datatype}'.");
}
