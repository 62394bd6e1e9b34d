using System.Globalization;
using System.Text;

namespace Platform.Onnx.Tensors;

/// <summary>
/// A tensor as an ordinary value, for callers to whom convenience matters more than the last microsecond.
/// <see cref="Values"/> is row-major and an array of the type that <see cref="Datatype"/> names: <c>bool[]</c>, <c>sbyte[]</c> …
/// <c>double[]</c>, <c>Half[]</c> for FP16, <c>float[]</c> for FP32 and BF16, <c>string[]</c> for BYTES.
/// </summary>
public sealed record Tensor(Datatype Datatype, IReadOnlyList<long> Shape, Array Values)
{
    public static Tensor FP32(IReadOnlyList<long> shape, float[] values) => new(Datatype.FP32, shape, values);

    public static Tensor FP64(IReadOnlyList<long> shape, double[] values) => new(Datatype.FP64, shape, values);

    public static Tensor Int64(IReadOnlyList<long> shape, long[] values) => new(Datatype.Int64, shape, values);

    public static Tensor Strings(IReadOnlyList<long> shape, string[] values) => new(Datatype.Bytes, shape, values);

    /// <summary>
    /// Builds a tensor of any numeric type from doubles; whole-number types are rounded to even and clamped to their range,
    /// BOOL is true where the value is not 0.
    /// </summary>
    /// <exception cref="ArgumentException">The type is BYTES, or a value for a whole-number type is NaN.</exception>
    public static Tensor FromDoubles(Datatype datatype, IReadOnlyList<long> shape, ReadOnlySpan<double> values) =>
        new(datatype, shape, TensorConversion.FromDoubles(datatype, values));

    /// <summary>The elements as doubles, BOOL as 0 and 1.</summary>
    /// <exception cref="InvalidOperationException">The type is BYTES.</exception>
    public double[] ToDoubles() => TensorConversion.ToDoubles(this);

    /// <summary>The elements as text: strings as they are, numbers in their shortest exact form.</summary>
    public string[] ToStrings()
    {
        var texts = new string[Values.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Convert.ToString(Values.GetValue(i), CultureInfo.InvariantCulture) ?? string.Empty;
        return texts;
    }

    /// <summary>Writes this tensor into native memory.</summary>
    /// <exception cref="ArgumentException">The number of values is not what the shape asks for, or their type is not the datatype's.</exception>
    public void CopyTo(TensorBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        buffer.Reset(Datatype, [.. Shape]);
        if (Values.Length != buffer.Count)
            throw new ArgumentException($"{Values.Length} values do not fill the shape {Shapes.Describe([.. Shape])}.");

        if (Datatype == Datatype.Bytes && Values is string[] strings) AppendStrings(buffer, strings);
        else TensorConversion.CopyElements(this, buffer);
    }

    /// <summary>Reads a tensor out of native memory.</summary>
    public static Tensor From(TensorBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return new Tensor(buffer.Datatype, buffer.Shape.ToArray(), TensorConversion.ReadElements(buffer));
    }

    private static void AppendStrings(TensorBuffer buffer, string[] strings)
    {
        foreach (var text in strings)
            buffer.Commit(Encoding.UTF8.GetBytes(text, buffer.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }
}
