using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;

namespace Platform.Registry.Sessions;

/// <summary>How one row lies in a tensor. Dimension 0 is the batch where its size is free.</summary>
internal static class RowShape
{
    /// <summary>Whether the tensor takes any number of rows; else every row is a call of its own.</summary>
    public static bool HasBatch(TensorSignature tensor) => tensor.Shape is [Shapes.Dynamic, ..];

    /// <summary>The shape of a row.</summary>
    public static IReadOnlyList<long> Of(TensorSignature tensor) => HasBatch(tensor) ? [.. tensor.Shape.Skip(1)] : tensor.Shape;

    /// <summary>The number of values in a row; null where it depends on the row, or where the file does not give the rank.</summary>
    public static long? Width(TensorSignature tensor) =>
        tensor.Shape.Count > 0 && Shapes.TryCount([.. Of(tensor)], out var width) ? width : null;

    /// <summary>The shape of a row of <paramref name="count"/> values, its one free dimension filled in; null when no shape fits.</summary>
    public static IReadOnlyList<long>? Fill(TensorSignature tensor, long count)
    {
        var row = Of(tensor);
        if (!Shapes.TryCount([.. row.Where(size => size != Shapes.Dynamic)], out var known)) return null;
        return row.Count(size => size == Shapes.Dynamic) switch
        {
            0 when known == count => row,
            1 when known > 0 && count % known == 0 => [.. row.Select(size => size == Shapes.Dynamic ? count / known : size)],
            _ => null,
        };
    }
}
