using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Platform.Contracts.Inference;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Recording;

/// <summary>Writes a <see cref="TensorSummary"/> for each row of a numeric tensor.</summary>
internal static class TensorSummaries
{
    public static void Write(ByteBuffer target, TensorBuffer tensor, int perRow)
    {
        target.Write(",\"summaries\":["u8);
        for (var first = 0; perRow > 0 && first < tensor.Count; first += perRow)
        {
            if (first > 0) target.Write((byte)',');
            Write(target, Summarise(tensor, first, perRow), perRow);
        }

        target.Write((byte)']');
    }

    private static void Write(ByteBuffer target, in Moments moments, int count)
    {
        var mean = moments.Sum / count;
        target.Write("{\"mean\":"u8);
        target.WriteNumber(mean);
        target.Write(",\"std\":"u8);
        target.WriteNumber(Math.Sqrt(Math.Max(0, moments.Squares / count - mean * mean)));
        var isFinite = double.IsFinite(mean);
        target.Write(",\"min\":"u8);
        target.WriteNumber(isFinite ? moments.Min : double.NaN);
        target.Write(",\"max\":"u8);
        target.WriteNumber(isFinite ? moments.Max : double.NaN);
        target.Write(",\"zeros\":"u8);
        target.WriteNumber(moments.Zeros / (double)count);
        target.Write((byte)'}');
    }

    private static Moments Summarise(TensorBuffer tensor, int first, int count) => tensor.Datatype switch
    {
        Datatype.FP32 => OfSingles(tensor.AsSpan<float>().Slice(first, count)),
        Datatype.FP64 => OfEach(tensor.AsSpan<double>().Slice(first, count), static value => value),
        Datatype.Int64 => OfEach(tensor.AsSpan<long>().Slice(first, count), static value => value),
        Datatype.Int32 => OfEach(tensor.AsSpan<int>().Slice(first, count), static value => value),
        Datatype.Int16 => OfEach(tensor.AsSpan<short>().Slice(first, count), static value => value),
        Datatype.Int8 => OfEach(tensor.AsSpan<sbyte>().Slice(first, count), static value => value),
        Datatype.UInt64 => OfEach(tensor.AsSpan<ulong>().Slice(first, count), static value => value),
        Datatype.UInt32 => OfEach(tensor.AsSpan<uint>().Slice(first, count), static value => value),
        Datatype.UInt16 => OfEach(tensor.AsSpan<ushort>().Slice(first, count), static value => value),
        Datatype.FP16 => OfEach(tensor.AsSpan<Half>().Slice(first, count), static value => (double)value),
        Datatype.BF16 => OfEach(tensor.AsSpan<ushort>().Slice(first, count), static value => BrainFloat.ToSingle(value)),
        _ => OfEach(tensor.AsSpan<byte>().Slice(first, count), static value => value),
    };

    /// <summary>
    /// Images and embeddings are FP32: eight elements a step, summed in double. Vectors of fixed width, because the runtime's
    /// <see cref="Vector{T}"/> takes four times as long on processors that know AVX-512.
    /// </summary>
    private static Moments OfSingles(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        Vector256<double> lowSum = default, highSum = default, lowSquares = default, highSquares = default;
        var (least, most, zeros) = (Vector256.Create(float.PositiveInfinity), Vector256.Create(float.NegativeInfinity), Vector256<int>.Zero);
        foreach (var vector in vectors)
        {
            var (low, high) = Vector256.Widen(vector);
            lowSum += low;
            highSum += high;
            lowSquares += low * low;
            highSquares += high * high;
            least = Vector256.MinNative(least, vector); // where there are NaNs, nobody asks for the bounds
            most = Vector256.MaxNative(most, vector);
            zeros -= Vector256.Equals(vector, Vector256<float>.Zero).AsInt32();
        }

        var moments = OfEach(values[(vectors.Length * Vector256<float>.Count)..], static value => value);
        moments.Add(Vector256.Sum(lowSum + highSum), Vector256.Sum(lowSquares + highSquares), Vector256.Sum(zeros));
        for (var i = 0; vectors.Length > 0 && i < Vector256<float>.Count; i++) moments.Include(least[i], most[i]);
        return moments;
    }

    private static Moments OfEach<T>(ReadOnlySpan<T> values, Func<T, double> convert)
    {
        var moments = new Moments();
        foreach (var element in values)
        {
            var value = convert(element);
            moments.Add(value, value * value, value == 0 ? 1 : 0);
            moments.Include(value, value);
        }

        return moments;
    }

    private struct Moments()
    {
        public double Sum { get; private set; }

        public double Squares { get; private set; }

        public double Min { get; private set; } = double.PositiveInfinity;

        public double Max { get; private set; } = double.NegativeInfinity;

        public long Zeros { get; private set; }

        public void Add(double sum, double squares, long zeros) => (Sum, Squares, Zeros) = (Sum + sum, Squares + squares, Zeros + zeros);

        public void Include(double least, double most) => (Min, Max) = (Math.Min(Min, least), Math.Max(Max, most));
    }
}
