using System.Numerics;
using System.Runtime.InteropServices;
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

    /// <summary>Images and embeddings are FP32: as many elements a step as the processor's vectors hold, summed in double.</summary>
    private static Moments OfSingles(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        // The remainder first: what had to outlive this call would be kept in memory instead of registers, at every step of the loop.
        var moments = OfEach(values[(vectors.Length * Vector<float>.Count)..], static value => value);
        var (sum, squares) = (Vector<double>.Zero, Vector<double>.Zero);
        var (least, most, zeros) = (new Vector<float>(float.PositiveInfinity), new Vector<float>(float.NegativeInfinity), Vector<int>.Zero);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var low, out var high);
            sum += low + high;
            squares += low * low + high * high;
            least = Vector.MinNative(least, vector); // where there are NaNs, nobody asks for the bounds
            most = Vector.MaxNative(most, vector);
            zeros -= Vector.Equals(vector, Vector<float>.Zero);
        }

        moments.Add(Vector.Sum(sum), Vector.Sum(squares), Vector.Sum(zeros));
        for (var i = 0; vectors.Length > 0 && i < Vector<float>.Count; i++) moments.Include(least[i], most[i]);
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
