using System.IO.Hashing;
using System.Numerics;
using System.Text;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;
using Platform.Inference.Settings;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Recording;

/// <summary>
/// Writes one input or output of a prediction into its record: whole, or as a sample with a digest when it is large, or when the record has no room
/// for more.
/// </summary>
internal sealed class TensorRecorder
{
    // Of rows that are long themselves, images for one: enough to see what was there, the summaries tell the rest.
    private const int SampleSize = 8;

    // Of many short rows: their columns are watched one by one.
    private const int TableSampleSize = 2048;

    /// <summary>Summaries of thousands of rows are not written: they would take what belongs to the other tensors.</summary>
    private const int MaxSummaryBytes = 192 << 10;

    private const int LongestNumber = 12;

    private readonly InputColumns _columns;
    private readonly RecordingOptions _options;
    private readonly byte[] _name;
    private readonly byte[] _features;

    public TensorRecorder(string name, InputColumns columns, RecordingOptions options)
    {
        (_columns, _options) = (columns, options);
        _name = ByteBuffer.Encode(head => head.Write(RecordPhrase.Tensor, name));
        _features = columns.EncodeNames();
    }

    /// <summary>What the tensor takes as JSON when nothing is written of it but its name, type, shape and digest, at most.</summary>
    public static int LeastBytes(string name, int rank) => 200 + 6 * Encoding.UTF8.GetByteCount(name) + 21 * rank;

    /// <summary>Whether the tensor is written whole, and as it came.</summary>
    public bool Quotes(TensorBuffer tensor, int rows) =>
        _columns.KeepsAll && tensor.Datatype != Datatype.FP32 && IsShort(tensor, PerRow(tensor, rows));

    /// <summary>Writes the tensor's record, in as much detail as there is room for.</summary>
    /// <param name="target">Where to write.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="rows">Rows of the request.</param>
    /// <param name="source">The elements as a flat JSON array, where they came as one: then they need not be written anew.</param>
    /// <param name="room">What the record may take.</param>
    /// <param name="reserve">What belongs to those that come after it.</param>
    public void Write(ByteBuffer target, TensorBuffer tensor, int rows, ReadOnlySpan<byte> source, ref RecordRoom room, long reserve)
    {
        var (start, perRow) = (target.Length, PerRow(tensor, rows));
        for (var detail = MostDetail(tensor, perRow); ; detail++)
        {
            WriteAs(detail, target, tensor, perRow, source);
            var isTooLong = tensor.Datatype == Datatype.Bytes && detail < TensorDetail.Digest && target.Length - start > _options.MaxTextBytes;
            if (detail == TensorDetail.Name || (!isTooLong && room.Holds(target, reserve))) return;
            target.Truncate(start);
        }
    }

    private void WriteAs(TensorDetail detail, ByteBuffer target, TensorBuffer tensor, int perRow, ReadOnlySpan<byte> source)
    {
        target.Write(_name);
        target.Write(RecordPhrase.Datatype, tensor.Datatype.Utf8Name());
        target.Write(RecordPhrase.Shape);
        target.WriteWholes(tensor.Shape);
        if (_columns.Count == perRow && detail != TensorDetail.Name) target.Write(_features);
        var stride = detail switch
        {
            TensorDetail.Whole => 1,
            TensorDetail.Summaries or TensorDetail.Sample => SamplingStride(tensor.Count, perRow),
            _ => None(tensor),
        };
        if (stride > 1)
        {
            target.Write(RecordPhrase.Stride, stride);
            WriteDigest(target, tensor);
        }

        if (detail == TensorDetail.Summaries && Summarises(tensor, perRow)) TensorSummaries.Write(target, tensor, perRow);
        target.Write(RecordPhrase.Data);
        if (_columns.KeepsAll && tensor.Datatype == Datatype.FP32) target.WriteSingles(tensor.AsSpan<float>(), stride);
        else WriteText(target, tensor, perRow, stride, source);
        target.Write(RecordPhrase.EndObject);
    }

    private TensorDetail MostDetail(TensorBuffer tensor, int perRow)
    {
        if (tensor.Count == 0) return TensorDetail.Whole;
        if (tensor.Datatype == Datatype.Bytes && tensor.Data.Length > _options.MaxTextBytes) return TensorDetail.Digest;
        return IsShort(tensor, perRow) ? TensorDetail.Whole : TensorDetail.Summaries;
    }

    private void WriteText(ByteBuffer target, TensorBuffer tensor, int perRow, int stride, ReadOnlySpan<byte> source)
    {
        var start = target.BeginText();
        if (stride > 1 || !_columns.KeepsAll) WriteArray(target, tensor, perRow, stride);
        else if (CanCopy(source, tensor)) target.Write(source);
        else target.WriteData(tensor);
        target.EndText(start);
    }

    /// <summary>Not where the caller's notation is none of JSON, or not that of the record, or takes much more room.</summary>
    private static bool CanCopy(ReadOnlySpan<byte> source, TensorBuffer tensor) =>
        !source.IsEmpty && source.Length <= tensor.Count * LongestNumber + tensor.Data.Length
        && tensor.Datatype is not (Datatype.Bool or Datatype.FP16 or Datatype.BF16)
        && (tensor.Datatype == Datatype.Bytes || !source.ContainsAny((byte)'N', (byte)'I'))
        && (tensor.Datatype is Datatype.Bytes or Datatype.FP64 || !source.ContainsAny((byte)'.', (byte)'e', (byte)'E'));

    private void WriteArray(ByteBuffer target, TensorBuffer tensor, int perRow, int stride)
    {
        target.Write((byte)'[');
        for (long i = 0; stride <= tensor.Count && i < tensor.Count; i += stride)
        {
            if (i > 0) target.Write((byte)',');
            _columns.WriteElement(target, tensor, (int)i, perRow);
        }

        target.Write((byte)']');
    }

    private int SamplingStride(int count, int perRow)
    {
        if (perRow > _options.MaxRowElements) return Math.Max(2, (count + SampleSize - 1) / SampleSize);

        var size = Math.Min(TableSampleSize, _options.MaxElements);
        var stride = Math.Max(2, (count + size - 1) / size);
        // Without a divisor in common with the length of a row, every column comes up as often as any other.
        while (perRow > 1 && BigInteger.GreatestCommonDivisor(stride, perRow) > 1) stride++;
        return stride;
    }

    private bool Summarises(TensorBuffer tensor, int perRow) =>
        _columns.KeepsAll && tensor.Datatype != Datatype.Bytes && perRow > 0
        && (long)(tensor.Count / perRow) * TensorSummaries.MaxBytes(tensor.Datatype) <= MaxSummaryBytes;

    /// <summary>The stride at which no element is recorded.</summary>
    private static int None(TensorBuffer tensor) => tensor.Count + 1;

    private bool IsShort(TensorBuffer tensor, int perRow) => perRow <= _options.MaxRowElements && tensor.Count <= _options.MaxElements;

    private static int PerRow(TensorBuffer tensor, int rows) => rows > 0 ? tensor.Count / rows : tensor.Count;

    private static void WriteDigest(ByteBuffer target, TensorBuffer tensor)
    {
        Span<byte> digest = stackalloc byte[sizeof(ulong)];
        XxHash3.Hash(tensor.Data, digest);
        target.Write(RecordPhrase.Digest);
        target.WriteDigest(digest);
    }
}

/// <summary>How much of a tensor is recorded, from all to least.</summary>
internal enum TensorDetail : byte
{
    /// <summary>Every element.</summary>
    Whole,

    /// <summary>A sample, and a summary of each row.</summary>
    Summaries,

    /// <summary>A sample.</summary>
    Sample,

    /// <summary>A digest, and the names of the columns.</summary>
    Digest,

    /// <summary>A digest.</summary>
    Name,
}
