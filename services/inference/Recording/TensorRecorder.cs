using System.IO.Hashing;
using System.Numerics;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Recording;

/// <summary>Writes one input or output of a prediction into its record: whole, or as a sample with a digest when it is large.</summary>
internal sealed class TensorRecorder(string name, InputColumns columns, RecordingOptions options)
{
    // Of rows that are long themselves, images for one: enough to see what was there, the summaries tell the rest.
    private const int SampleSize = 8;

    // Of many short rows: their columns are watched one by one.
    private const int TableSampleSize = 2048;

    // A record must fit on one page of the log, and its JSON, which is up to four times as long, into one message of Kafka; what comes after
    // this much is logged by digest alone.
    private const int MaxRecordBytes = 192 << 10;

    private const int LongestNumber = 12;

    private readonly byte[] _name = ByteBuffer.Encode(head => head.Write(RecordPhrase.Tensor, name));
    private readonly byte[] _features = columns.EncodeNames();

    /// <summary>Whether the tensor is written whole, and as it came.</summary>
    public bool Quotes(TensorBuffer tensor, int rows) =>
        columns.KeepsAll && tensor.Datatype != Datatype.FP32 && IsShort(tensor, PerRow(tensor, rows));

    /// <summary>Writes the tensor's record.</summary>
    /// <param name="target">Where to write.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="rows">Rows of the request.</param>
    /// <param name="source">The elements as a flat JSON array, where they came as one: then they need not be written anew.</param>
    public void Write(ByteBuffer target, TensorBuffer tensor, int rows, ReadOnlySpan<byte> source)
    {
        var perRow = PerRow(tensor, rows);
        target.Write(_name);
        target.Write(RecordPhrase.Datatype, tensor.Datatype.Utf8Name());
        target.Write(RecordPhrase.Shape);
        target.WriteWholes(tensor.Shape);
        if (columns.Count == perRow) target.Write(_features);
        var start = target.Length;
        WriteElements(target, tensor, perRow, Stride(target, tensor, perRow), source);
        if (tensor.Datatype == Datatype.Bytes && target.Length - start > options.MaxTextBytes)
        {
            // Escaped, it turned out six times as long at worst.
            target.Truncate(start);
            WriteElements(target, tensor, perRow, None(tensor), source);
        }

        target.Write(RecordPhrase.EndObject);
    }

    private void WriteElements(ByteBuffer target, TensorBuffer tensor, int perRow, int stride, ReadOnlySpan<byte> source)
    {
        if (stride > 1)
        {
            target.Write(RecordPhrase.Stride, stride);
            WriteDigest(target, tensor);
            if (Summarises(target, tensor, perRow)) TensorSummaries.Write(target, tensor, perRow);
        }

        target.Write(RecordPhrase.Data);
        if (columns.KeepsAll && tensor.Datatype == Datatype.FP32) target.WriteSingles(tensor.AsSpan<float>(), stride);
        else WriteText(target, tensor, perRow, stride, source);
    }

    private void WriteText(ByteBuffer target, TensorBuffer tensor, int perRow, int stride, ReadOnlySpan<byte> source)
    {
        var start = target.BeginText();
        if (stride > 1 || !columns.KeepsAll) WriteArray(target, tensor, perRow, stride);
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
            columns.WriteElement(target, tensor, (int)i, perRow);
        }

        target.Write((byte)']');
    }

    /// <summary>1 for every element, n for every n-th, more than there are elements for none.</summary>
    private int Stride(ByteBuffer target, TensorBuffer tensor, int perRow)
    {
        if (tensor.Count == 0) return 1;
        if (target.Length > MaxRecordBytes) return None(tensor);
        if (tensor.Datatype == Datatype.Bytes && tensor.Data.Length > options.MaxTextBytes) return None(tensor);
        return IsShort(tensor, perRow) ? 1 : SamplingStride(tensor.Count, perRow);
    }

    private int SamplingStride(int count, int perRow)
    {
        if (perRow > options.MaxRowElements) return Math.Max(2, (count + SampleSize - 1) / SampleSize);

        var size = Math.Min(TableSampleSize, options.MaxElements);
        var stride = Math.Max(2, (count + size - 1) / size);
        // Without a divisor in common with the length of a row, every column comes up as often as any other.
        while (BigInteger.GreatestCommonDivisor(stride, perRow) > 1) stride++;
        return stride;
    }

    /// <summary>Thousands of rows would take more than a record may.</summary>
    private bool Summarises(ByteBuffer target, TensorBuffer tensor, int perRow) =>
        columns.KeepsAll && tensor.Datatype != Datatype.Bytes && perRow > 0
        && target.Length + (long)(tensor.Count / perRow) * TensorSummaries.MaxBytes(tensor.Datatype) <= MaxRecordBytes;

    /// <summary>The stride at which no element is recorded.</summary>
    private static int None(TensorBuffer tensor) => tensor.Count + 1;

    private bool IsShort(TensorBuffer tensor, int perRow) => perRow <= options.MaxRowElements && tensor.Count <= options.MaxElements;

    private static int PerRow(TensorBuffer tensor, int rows) => rows > 0 ? tensor.Count / rows : tensor.Count;

    private static void WriteDigest(ByteBuffer target, TensorBuffer tensor)
    {
        Span<byte> digest = stackalloc byte[sizeof(ulong)];
        XxHash3.Hash(tensor.Data, digest);
        target.Write(RecordPhrase.Digest);
        target.WriteDigest(digest);
    }
}
