using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Batching;

/// <summary>Whether the first dimension of a version's tensors counts rows, and what follows if it does.</summary>
public static class BatchDimension
{
    private const double Tolerance = 1e-4;
    private const double HalfTolerance = 1e-2;

    /// <summary>True when every tensor's first dimension is free, and those of the inputs bear the same name.</summary>
    public static bool IsDeclared(ModelSignature signature) =>
        signature.Inputs.Count > 0
        && signature.Inputs.All(HasFreeRows)
        && signature.Inputs.Select(input => input.Symbols[0]).Distinct().Count() == 1
        && signature.Outputs.All(output => output.Shape.Count == 0 || HasFreeRows(output));

    /// <summary>Puts requests of one row below each other.</summary>
    /// <exception cref="ArgumentException">Their shapes differ beyond the first dimension.</exception>
    public static IReadOnlyDictionary<string, Tensor> Join(IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows) =>
        rows[0].ToDictionary(input => input.Key, input => Join([.. rows.Select(row => row[input.Key])]));

    /// <summary>
    /// Whether row <paramref name="place"/> of <paramref name="together"/> is the answer in <paramref name="alone"/>, but for what
    /// another order of additions may change.
    /// </summary>
    public static bool RowEquals(
        IReadOnlyDictionary<string, Tensor> together, int rows, int place, IReadOnlyDictionary<string, Tensor> alone) =>
        alone.All(output => RowEquals(together[output.Key], rows, place, output.Value));

    /// <summary>Whether two answers of one shape are the same, but for what another order of additions may change.</summary>
    public static bool Equal(Tensor left, Tensor right)
    {
        if (left.Values.Length != right.Values.Length) return false;
        if (right.Values is string[] strings) return strings.AsSpan().SequenceEqual((string[])left.Values);
        return Near(left.ToDoubles(), right.ToDoubles(), ToleranceOf(right.Datatype));
    }

    private static bool HasFreeRows(TensorSpec tensor) => tensor.Shape.Count > 0 && tensor.Shape[0] == Shapes.Dynamic;

    private static Tensor Join(Tensor[] parts)
    {
        if (parts.Any(part => !part.Shape.Skip(1).SequenceEqual(parts[0].Shape.Skip(1))))
            throw new ArgumentException("The rows have different shapes.");

        var size = parts[0].Values.Length;
        var values = Array.CreateInstance(parts[0].Values.GetType().GetElementType()!, size * parts.Length);
        for (var i = 0; i < parts.Length; i++) Array.Copy(parts[i].Values, 0, values, i * size, size);
        return parts[0] with { Shape = [parts.Length, .. parts[0].Shape.Skip(1)], Values = values };
    }

    private static bool RowEquals(Tensor together, int rows, int place, Tensor alone)
    {
        var size = alone.Values.Length;
        if (alone.Shape.Count == 0 || alone.Shape[0] != 1 || together.Shape.Count == 0 || together.Shape[0] != rows) return false;
        if (!together.Shape.Skip(1).SequenceEqual(alone.Shape.Skip(1))) return false;
        if (alone.Values is string[] strings) return strings.AsSpan().SequenceEqual(((string[])together.Values).AsSpan(place * size, size));
        return Near(together.ToDoubles().AsSpan(place * size, size), alone.ToDoubles(), ToleranceOf(alone.Datatype));
    }

    private static double ToleranceOf(Datatype datatype) => datatype switch
    {
        Datatype.FP16 or Datatype.BF16 => HalfTolerance,
        Datatype.FP32 or Datatype.FP64 => Tolerance,
        _ => 0,
    };

    private static bool Near(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double tolerance)
    {
        for (var i = 0; i < right.Length; i++)
        {
            if (left[i].Equals(right[i])) continue; // infinities and NaN too
            if (!(Math.Abs(left[i] - right[i]) <= tolerance * Math.Max(1, Math.Abs(right[i])))) return false;
        }

        return true;
    }
}
