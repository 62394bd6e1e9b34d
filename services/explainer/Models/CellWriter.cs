using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using Platform.Explainer.Rows;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Models;

/// <summary>Writes rows of cells into input tensors of any datatype; rows beyond the last repeat it.</summary>
internal static class CellWriter
{
    /// <summary>Writes one input's block of every row.</summary>
    public static void Write(
        ReadOnlySpan<double> rows, int count, int padded, RowLayout layout, InputBlock block, CellVocabulary vocabulary,
        TensorBuffer buffer)
    {
        for (var row = 0; row < padded; row++)
        {
            var source = rows.Slice((Math.Min(row, count - 1) * layout.Features) + block.Offset, block.Size);
            if (block.Datatype == Datatype.Bytes)
                Append(source, vocabulary, buffer);
            else
                Convert(source, row * block.Size, vocabulary, buffer);
        }
    }

    /// <summary>Writes texts; rows beyond the last are empty, as they cost least.</summary>
    public static void Write(ReadOnlySpan<string> texts, int padded, TensorBuffer buffer)
    {
        foreach (var text in texts)
            Append(text, buffer);
        for (var row = texts.Length; row < padded; row++)
            buffer.Append([]);
    }

    private static void Convert(ReadOnlySpan<double> source, int at, CellVocabulary vocabulary, TensorBuffer buffer)
    {
        switch (buffer.Datatype)
        {
            case Datatype.FP32: Convert<float>(source, at, buffer); break;
            case Datatype.FP64: Convert<double>(source, at, buffer); break;
            case Datatype.FP16: Convert<Half>(source, at, buffer); break;
            case Datatype.Int64: Decode<long>(source, at, vocabulary, buffer); break;
            case Datatype.Int32: Convert<int>(source, at, buffer); break;
            case Datatype.Int16: Convert<short>(source, at, buffer); break;
            case Datatype.Int8: Convert<sbyte>(source, at, buffer); break;
            case Datatype.UInt64: Decode<ulong>(source, at, vocabulary, buffer); break;
            case Datatype.UInt32: Convert<uint>(source, at, buffer); break;
            case Datatype.UInt16: Convert<ushort>(source, at, buffer); break;
            case Datatype.UInt8 or Datatype.Bool: Convert<byte>(source, at, buffer); break;
            default: throw new NotSupportedException($"{buffer.Datatype.Name()} inputs cannot be explained.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<double> source, int at, TensorBuffer buffer) where T : unmanaged, INumber<T> =>
        TensorPrimitives.ConvertSaturating(source, buffer.AsSpan<T>().Slice(at, source.Length));

    private static void Decode<T>(ReadOnlySpan<double> source, int at, CellVocabulary vocabulary, TensorBuffer buffer)
        where T : unmanaged, INumber<T>
    {
        var target = buffer.AsSpan<T>().Slice(at, source.Length);
        for (var cell = 0; cell < source.Length; cell++)
            target[cell] = T.CreateChecked(vocabulary.Whole(source[cell]));
    }

    private static void Append(ReadOnlySpan<double> codes, CellVocabulary vocabulary, TensorBuffer buffer)
    {
        foreach (var code in codes)
            Append(vocabulary.Text(code), buffer);
    }

    private static void Append(string text, TensorBuffer buffer) =>
        buffer.Commit(Encoding.UTF8.GetBytes(text, buffer.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
