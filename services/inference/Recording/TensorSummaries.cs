using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Recording;

/// <summary>Writes a <see cref="TensorSummary"/> for each row of a numeric tensor.</summary>
internal static class TensorSummaries
{
    /// <summary>What the summary of one row takes at most: five figures, packed or as text.</summary>
    public static int MaxBytes(Datatype datatype) => datatype == Datatype.FP32 ? 32 : 160;

    public static void Write(ByteBuffer target, TensorBuffer tensor, int perRow)
    {
        target.Write(RecordPhrase.Summaries);
        for (var first = 0; first < tensor.Count; first += perRow)
        {
            if (first > 0) target.Write(RecordPhrase.Comma);
            Write(target, tensor, first, perRow);
        }

        target.Write(RecordPhrase.EndSummaries);
    }

    private static void Write(ByteBuffer target, TensorBuffer tensor, int first, int count)
    {
        switch (tensor.Datatype)
        {
            case Datatype.Int64: WriteWholes(target, tensor.AsSpan<long>().Slice(first, count)); break;
            case Datatype.UInt64: WriteWholes(target, tensor.AsSpan<ulong>().Slice(first, count)); break;
            default: Write(target, Summarise(tensor, first, count), count, tensor.Datatype == Datatype.FP32); break;
        }
    }

    private static void Write(ByteBuffer target, in Moments moments, int count, bool isSingle)
    {
        var offset = WriteMeanAndStd(target, moments, count, isSingle);
        var isFinite = double.IsFinite(moments.Pivot + offset);
        WriteFigure(target, RecordPhrase.Min, isFinite ? moments.Min : double.NaN, isSingle);
        WriteFigure(target, RecordPhrase.Max, isFinite ? moments.Max : double.NaN, isSingle);
        WriteZeros(target, moments, count, isSingle);
    }

    /// <summary>The least and the most of 64-bit numbers are written to their last digit, and so are differences before they are summed.</summary>
    private static void WriteWholes<T>(ByteBuffer target, ReadOnlySpan<T> values) where T : struct, IBinaryInteger<T>
    {
        var (least, most) = (values[0], values[0]);
        var moments = new Moments(double.CreateSaturating(values[0]));
        foreach (var value in values)
        {
            (least, most) = (T.Min(least, value), T.Max(most, value));
            var difference = Difference(value, values[0]);
            moments.Add(difference, difference * difference, T.IsZero(value) ? 1 : 0);
        }

        WriteMeanAndStd(target, moments, values.Length, isSingle: false);
        WriteWhole(target, RecordPhrase.Min, least);
        WriteWhole(target, RecordPhrase.Max, most);
        WriteZeros(target, moments, values.Length, isSingle: false);
    }

    private static double Difference<T>(T value, T other) where T : struct, IBinaryInteger<T> =>
        (double)(Int128.CreateTruncating(value) - Int128.CreateTruncating(other));

    private static double WriteMeanAndStd(ByteBuffer target, in Moments moments, int count, bool isSingle)
    {
        var offset = moments.Sum / count;
        WriteFigure(target, RecordPhrase.Mean, moments.Pivot + offset, isSingle);
        WriteFigure(target, RecordPhrase.Std, Math.Sqrt(Math.Max(0, moments.Squares / count - offset * offset)), isSingle);
        return offset;
    }

    private static void WriteZeros(ByteBuffer target, in Moments moments, int count, bool isSingle)
    {
        WriteFigure(target, RecordPhrase.Zeros, moments.Zeros / (double)count, isSingle);
        target.Write(RecordPhrase.EndObject);
    }

    private static void WriteWhole<T>(ByteBuffer target, RecordPhrase name, T value) where T : struct, IBinaryInteger<T>
    {
        target.Write(name);
        var start = target.BeginText();
        JsonText.Format(target, value);
        target.EndText(start);
    }

    /// <summary>As precise as the elements are.</summary>
    private static void WriteFigure(ByteBuffer target, RecordPhrase name, double value, bool isSingle)
    {
        if (isSingle)
        {
            target.Write(name, (float)value);
            return;
        }

        target.Write(name);
        var start = target.BeginText();
        target.WriteNumber(value);
        target.EndText(start);
    }

    private static Moments Summarise(TensorBuffer tensor, int first, int count) => tensor.Datatype switch
    {
        Datatype.FP32 => OfSingles(tensor.AsSpan<float>().Slice(first, count)),
        Datatype.FP64 => OfEach(tensor.AsSpan<double>().Slice(first, count), static value => value),
        Datatype.Int32 => OfEach(tensor.AsSpan<int>().Slice(first, count), static value => value),
        Datatype.Int16 => OfEach(tensor.AsSpan<short>().Slice(first, count), static value => value),
        Datatype.Int8 => OfEach(tensor.AsSpan<sbyte>().Slice(first, count), static value => value),
        Datatype.UInt32 => OfEach(tensor.AsSpan<uint>().Slice(first, count), static value => value),
        Datatype.UInt16 => OfEach(tensor.AsSpan<ushort>().Slice(first, count), static value => value),
        Datatype.FP16 => OfEach(tensor.AsSpan<Half>().Slice(first, count), static value => (double)value),
        Datatype.BF16 => OfEach(tensor.AsSpan<ushort>().Slice(first, count), static value => BrainFloat.ToSingle(value)),
        _ => OfEach(tensor.AsSpan<byte>().Slice(first, count), static value => value),
    };

    /// <summary>Images and embeddings are FP32: sixteen elements a step, summed in double.</summary>
    private static Moments OfSingles(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector512<float>>(values);
        // The remainder first: what had to outlive this call would be kept in memory instead of registers, at every step of the loop.
        var moments = OfEach(values[(vectors.Length * Vector512<float>.Count)..], values[0], static value => value);
        var pivot = Vector512.Create((double)values[0]);
        var (lowSum, highSum, lowSquares, highSquares) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (least, most) = (Vector512.Create(float.PositiveInfinity), Vector512.Create(float.NegativeInfinity));
        var zeros = 0;
        foreach (var vector in vectors)
        {
            var (low, high) = Vector512.Widen(vector);
            low -= pivot;
            high -= pivot;
            lowSum += low;
            highSum += high;
            lowSquares = Vector512.MultiplyAddEstimate(low, low, lowSquares);
            highSquares = Vector512.MultiplyAddEstimate(high, high, highSquares);
            least = Vector512.MinNative(least, vector); // where there are NaNs, nobody asks for the bounds
            most = Vector512.MaxNative(most, vector);
            zeros += BitOperations.PopCount(Vector512.Equals(vector, Vector512<float>.Zero).ExtractMostSignificantBits());
        }

        moments.Add(Vector512.Sum(lowSum + highSum), Vector512.Sum(lowSquares + highSquares), zeros);
        for (var i = 0; vectors.Length > 0 && i < Vector512<float>.Count; i++) moments.Include(least[i], most[i]);
        return moments;
    }

    private static Moments OfEach<T>(ReadOnlySpan<T> values, Func<T, double> convert) => OfEach(values, convert(values[0]), convert);

    private static Moments OfEach<T>(ReadOnlySpan<T> values, double pivot, Func<T, double> convert)
    {
        var moments = new Moments(pivot);
        foreach (var element in values)
        {
            var value = convert(element);
            moments.Add(value - pivot, (value - pivot) * (value - pivot), value == 0 ? 1 : 0);
            moments.Include(value, value);
        }

        return moments;
    }

    /// <summary>
    /// Sums of differences from the row's first element, so that a constant has no spread and numbers close together far from
    /// zero keep theirs. The pivot being one of the elements, the squares exceed the spread at most by their number.
    /// </summary>
    private struct Moments(double pivot)
    {
        public double Pivot { get; } = pivot;

        public double Sum { get; private set; }

        public double Squares { get; private set; }

        public double Min { get; private set; } = double.PositiveInfinity;

        public double Max { get; private set; } = double.NegativeInfinity;

        public long Zeros { get; private set; }

        public void Add(double sum, double squares, long zeros) => (Sum, Squares, Zeros) = (Sum + sum, Squares + squares, Zeros + zeros);

        public void Include(double least, double most) => (Min, Max) = (Math.Min(Min, least), Math.Max(Max, most));
    }
}
