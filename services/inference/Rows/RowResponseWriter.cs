using Platform.Contracts.Registry;
using Platform.Inference.Protocol;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>Writes the answer to a request by feature name: one object a row. What never changes for a version is encoded once.</summary>
internal sealed class RowResponseWriter
{
    private readonly byte[] _head;
    private readonly byte[][] _names;
    private readonly RowMeaning _meaning;

    public RowResponseWriter(string model, string version, VersionMetadata metadata, IReadOnlyList<TensorSpec> outputs)
    {
        _head = ByteBuffer.Encode(head =>
        {
            head.WriteMember("{\"model\":"u8, model);
            head.WriteMember(",\"version\":"u8, version);
            head.Write(",\"rows\":["u8);
        });
        _names = [.. outputs.Select(output => ByteBuffer.Encode(name =>
        {
            name.WriteString(output.Name);
            name.Write((byte)':');
        }))];
        _meaning = new(metadata, outputs);
    }

    /// <summary>Writes the answer.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="outputs">Every output of the model, in the order of the signature.</param>
    /// <param name="rows">Rows of the request.</param>
    /// <param name="predictionId">The request's id; row i has the id <c>ID:i</c>.</param>
    public void Write(ByteBuffer target, ReadOnlySpan<TensorBuffer> outputs, int rows, string predictionId)
    {
        target.Write(_head);
        for (var row = 0; row < rows; row++)
        {
            if (row > 0) target.Write((byte)',');
            WriteRow(target, outputs, rows, row, predictionId);
        }

        target.Write("]}\n"u8);
    }

    private void WriteRow(ByteBuffer target, ReadOnlySpan<TensorBuffer> outputs, int rows, int row, string predictionId)
    {
        WriteId(target, predictionId, row);
        if (_meaning.Output >= 0 && outputs[_meaning.Output] is var meant && WidthOf(meant, rows) is > 0 and var width)
            _meaning.Write(target, meant, row * width, width);
        target.Write(",\"outputs\":{"u8);
        for (var i = 0; i < outputs.Length; i++)
        {
            if (i > 0) target.Write((byte)',');
            target.Write(_names[i]);
            WriteOutput(target, outputs[i], rows, row);
        }

        target.Write("}}"u8);
    }

    private static void WriteId(ByteBuffer target, string predictionId, int row)
    {
        target.Write("{\"predictionId\":"u8);
        target.WriteString(predictionId);
        target.Truncate(target.Length - 1); // within its quotation marks
        target.Write((byte)':');
        target.WriteNumber(row);
        target.Write((byte)'"');
    }

    /// <summary>A row's elements, flat; of an output that is a list of one value a row the value, of one without rows all of it.</summary>
    private static void WriteOutput(ByteBuffer target, TensorBuffer output, int rows, int row)
    {
        var width = WidthOf(output, rows);
        if (width < 0) target.WriteData(output);
        else if (output.Shape.Length == 1) target.WriteElement(output, row);
        else WriteElements(target, output, row * width, width);
    }

    private static void WriteElements(ByteBuffer target, TensorBuffer output, int first, int count)
    {
        target.Write((byte)'[');
        for (var i = first; i < first + count; i++)
        {
            if (i > first) target.Write((byte)',');
            target.WriteElement(output, i);
        }

        target.Write((byte)']');
    }

    /// <summary>Elements of a row; -1 where the output does not have the request's rows.</summary>
    private static int WidthOf(TensorBuffer output, int rows) =>
        output.Shape.Length > 0 && output.Shape[0] == rows && rows > 0 ? output.Count / rows : -1;
}
