using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Platform.Onnx.Tensors;

/// <summary>Moves the elements of a <see cref="Tensor"/> between CLR arrays, doubles and native memory.</summary>
internal static class TensorConversion
{
    public static Array FromDoubles(Datatype datatype, ReadOnlySpan<double> values) => datatype switch
    {
        Datatype.Bool => Map(values, value => value != 0),
        Datatype.UInt8 => Map(values, Whole<byte>),
        Datatype.UInt16 => Map(values, Whole<ushort>),
        Datatype.UInt32 => Map(values, Whole<uint>),
        Datatype.UInt64 => Map(values, Whole<ulong>),
        Datatype.Int8 => Map(values, Whole<sbyte>),
        Datatype.Int16 => Map(values, Whole<short>),
        Datatype.Int32 => Map(values, Whole<int>),
        Datatype.Int64 => Map(values, Whole<long>),
        Datatype.FP16 => Map(values, value => (Half)value),
        Datatype.BF16 or Datatype.FP32 => Map(values, value => (float)value),
        Datatype.FP64 => values.ToArray(),
        _ => throw new ArgumentException("Strings cannot be made from numbers."),
    };

    public static double[] ToDoubles(Tensor tensor) => tensor.Values switch
    {
        bool[] values => Map<bool, double>(values, value => value ? 1 : 0),
        byte[] values => Map<byte, double>(values, value => value),
        ushort[] values => Map<ushort, double>(values, value => value),
        uint[] values => Map<uint, double>(values, value => value),
        ulong[] values => Map<ulong, double>(values, value => value),
        sbyte[] values => Map<sbyte, double>(values, value => value),
        short[] values => Map<short, double>(values, value => value),
        int[] values => Map<int, double>(values, value => value),
        long[] values => Map<long, double>(values, value => value),
        Half[] values => Map<Half, double>(values, value => (double)value),
        float[] values => Map<float, double>(values, value => value),
        double[] values => values,
        _ => throw new InvalidOperationException($"{tensor.Datatype.Name()} values are not numbers."),
    };

    public static void CopyElements(Tensor tensor, TensorBuffer buffer)
    {
        if (tensor.Datatype == Datatype.BF16 && tensor.Values is float[] floats) WriteBrainFloats(floats, buffer.AsSpan<ushort>());
        else if (tensor.Values.GetType() != Blank(tensor.Datatype, 0).GetType())
            throw new ArgumentException($"{tensor.Values.GetType().Name} values are not {tensor.Datatype.Name()}.");
        else RawBytes(tensor.Values, tensor.Datatype).CopyTo(buffer.Data);
    }

    public static Array ReadElements(TensorBuffer buffer)
    {
        var values = Blank(buffer.Datatype, buffer.Count);
        if (values is string[] strings) ReadStrings(buffer, strings);
        else if (buffer.Datatype == Datatype.BF16) ReadBrainFloats(buffer.AsSpan<ushort>(), (float[])values);
        else buffer.Data.CopyTo(RawBytes(values, buffer.Datatype));
        return values;
    }

    private static Array Blank(Datatype datatype, int count) => datatype switch
    {
        Datatype.Bool => new bool[count],
        Datatype.UInt8 => new byte[count],
        Datatype.UInt16 => new ushort[count],
        Datatype.UInt32 => new uint[count],
        Datatype.UInt64 => new ulong[count],
        Datatype.Int8 => new sbyte[count],
        Datatype.Int16 => new short[count],
        Datatype.Int32 => new int[count],
        Datatype.Int64 => new long[count],
        Datatype.FP16 => new Half[count],
        Datatype.BF16 or Datatype.FP32 => new float[count],
        Datatype.FP64 => new double[count],
        _ => new string[count],
    };

    private static Span<byte> RawBytes(Array values, Datatype datatype) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), values.Length * datatype.Size());

    private static void WriteBrainFloats(float[] values, Span<ushort> target)
    {
        for (var i = 0; i < values.Length; i++) target[i] = BrainFloat.FromSingle(values[i]);
    }

    private static void ReadBrainFloats(ReadOnlySpan<ushort> source, float[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = BrainFloat.ToSingle(source[i]);
    }

    private static void ReadStrings(TensorBuffer buffer, string[] strings)
    {
        for (var i = 0; i < strings.Length; i++) strings[i] = Encoding.UTF8.GetString(buffer.GetString(i));
    }

    private static T Whole<T>(double value) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (double.IsNaN(value)) throw new ArgumentException($"NaN is not a {typeof(T).Name}.");
        return T.CreateSaturating(Math.Round(value, MidpointRounding.ToEven));
    }

    private static TTo[] Map<TTo>(ReadOnlySpan<double> values, Func<double, TTo> convert) => Map<double, TTo>(values, convert);

    private static TTo[] Map<TFrom, TTo>(ReadOnlySpan<TFrom> values, Func<TFrom, TTo> convert)
    {
        var result = new TTo[values.Length];
        for (var i = 0; i < result.Length; i++) result[i] = convert(values[i]);
        return result;
    }
}
