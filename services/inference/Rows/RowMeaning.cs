using System.Globalization;
using System.Text;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Inference.Protocol;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>Writes what a row of the output that holds the prediction decides for, as <see cref="OutputMeaning"/> reads it.</summary>
internal sealed class RowMeaning
{
    private const int MostOnStack = 64;

    private readonly OutputMeaning _meaning;
    private readonly OutputKind _kind;
    private readonly byte[][] _classes;

    public RowMeaning(VersionMetadata metadata, IReadOnlyList<TensorSpec> outputs)
    {
        TensorSignature[] signatures = [.. outputs.Select(SignatureOf)];
        var output = OutputMeaning.OutputOf(metadata, signatures);
        _meaning = new(metadata, output);
        _kind = output is null ? OutputKind.Opaque : _meaning.KindOf(output);
        _classes = [.. (_meaning.Classes ?? []).Select(name => ByteBuffer.Encode(text => text.WriteString(name)))];
        Output = output is null ? -1 : Array.IndexOf(signatures, output);
    }

    /// <summary>The place of the output that holds the prediction; -1 where there are none.</summary>
    public int Output { get; }

    /// <summary>Writes the members <c>class</c> and <c>score</c>, or <c>value</c>; none where nobody has said what the output means.</summary>
    /// <param name="target">Where to write.</param>
    /// <param name="tensor">The output.</param>
    /// <param name="first">Where the row begins.</param>
    /// <param name="width">Its elements, at least one.</param>
    public void Write(ByteBuffer target, TensorBuffer tensor, int first, int width)
    {
        switch (_kind)
        {
            case OutputKind.TwoScores or OutputKind.Scores:
                WriteScores(target, tensor, first, width);
                break;
            case OutputKind.Class:
                WriteClass(target, TextOf(tensor, first) is { } text ? _meaning.ClassOf(text) : null);
                break;
            case OutputKind.Number:
                target.Write(",\"value\":"u8);
                target.WriteElement(tensor, first);
                break;
        }
    }

    /// <summary>The score is that of the class, where every class has one; the only one of a row is the positive class's.</summary>
    private void WriteScores(ByteBuffer target, TensorBuffer tensor, int first, int width)
    {
        Span<double> scores = width <= MostOnStack ? stackalloc double[width] : new double[width];
        for (var i = 0; i < width; i++) scores[i] = TensorNumbers.At(tensor, first + i);
        var (place, _) = _meaning.Decide(scores);
        WriteClass(target, place);
        target.Write(",\"score\":"u8);
        if (place < 0) target.Write("null"u8);
        else target.WriteElement(tensor, first + (place < width ? place : 0));
    }

    private void WriteClass(ByteBuffer target, int place)
    {
        if ((uint)place >= (uint)_classes.Length)
        {
            WriteClass(target, place < 0 ? null : _meaning.ClassAt(place));
            return;
        }

        target.Write(",\"class\":"u8);
        target.Write(_classes[place]);
    }

    private static void WriteClass(ByteBuffer target, string? name)
    {
        target.Write(",\"class\":"u8);
        if (name is null) target.Write("null"u8);
        else target.WriteString(name);
    }

    /// <summary>The answer as a label would give it; null where it is missing.</summary>
    private static string? TextOf(TensorBuffer tensor, int index) => tensor.Datatype switch
    {
        Datatype.Bytes => tensor.GetString(index) is { IsEmpty: false } text ? Encoding.UTF8.GetString(text) : null,
        Datatype.Bool => tensor.AsSpan<byte>()[index] == 0 ? "false" : "true",
        Datatype.Int64 => tensor.AsSpan<long>()[index].ToString(CultureInfo.InvariantCulture),
        Datatype.UInt64 => tensor.AsSpan<ulong>()[index].ToString(CultureInfo.InvariantCulture),
        _ => TensorNumbers.At(tensor, index) is var number && double.IsNaN(number) ? null : ScalarText.Of(number),
    };

    private static TensorSignature SignatureOf(TensorSpec output) =>
        new() { Name = output.Name, Datatype = output.Datatype.Name(), Shape = [.. output.Shape] };
}
