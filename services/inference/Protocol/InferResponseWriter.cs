using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>
/// Writes the answer to an infer request: JSON, and behind it the tensors that were asked for as raw bytes. What never changes
/// for a version is encoded once.
/// </summary>
internal sealed class InferResponseWriter
{
    private readonly byte[] _head;
    private readonly byte[][] _outputHeads;

    public InferResponseWriter(string model, string version, IReadOnlyList<TensorSpec> outputs)
    {
        _head = ByteBuffer.Encode(head =>
        {
            head.WriteMember("{\"model_name\":"u8, model);
            head.WriteMember(",\"model_version\":"u8, version);
        });
        _outputHeads = [.. outputs.Select(output => ByteBuffer.Encode(head =>
        {
            head.WriteMember("{\"name\":"u8, output.Name);
            head.Write(",\"datatype\":\""u8);
        }))];
    }

    /// <summary>Writes the answer to <paramref name="request"/>, whose id stands in <paramref name="quotes"/>.</summary>
    /// <param name="target">Where the answer goes.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="quotes">The request's body, or what was kept of it.</param>
    /// <param name="outputs">For each wanted output, in that order, what to show of it.</param>
    /// <param name="predictionId">The prediction's id: who reads the body alone has it, too.</param>
    /// <param name="times">Where the time went, for a request that asks for it.</param>
    /// <returns>Bytes of JSON when raw tensors follow it; null when all of the answer is JSON.</returns>
    public int? Write(
        ByteBuffer target, InferRequest request, ReadOnlySpan<byte> quotes, ReadOnlySpan<TensorBuffer> outputs, string predictionId, in RunTimes times)
    {
        target.Write(_head);
        if (request.Id.Length > 0)
        {
            target.Write(",\"id\":"u8);
            target.Write(quotes.Slice(request.Id.Start, request.Id.Length));
        }

        target.WriteMember(",\"parameters\":{\"prediction_id\":"u8, predictionId);
        if (request.Parameters.Timings) WriteTimes(target, times);
        target.Write("},\"outputs\":["u8);
        for (var i = 0; i < outputs.Length; i++)
        {
            if (i > 0) target.Write((byte)',');
            WriteOutput(target, request.Outputs[i].Index, outputs[i], request.IsBinary(request.Outputs[i]));
        }

        target.Write("]}"u8);
        var jsonLength = WriteBinary(target, request, outputs);
        if (jsonLength is null) target.Write((byte)'\n');
        return jsonLength;
    }

    private static void WriteTimes(ByteBuffer target, in RunTimes times)
    {
        for (var i = 0; i < RunTimes.Count; i++)
        {
            var (name, value) = times[i];
            target.Write(",\""u8);
            target.Write(name);
            target.Write("\":"u8);
            target.WriteNumber(value);
        }
    }

    private void WriteOutput(ByteBuffer target, int index, TensorBuffer tensor, bool binary)
    {
        target.Write(_outputHeads[index]);
        target.Write(tensor.Datatype.Utf8Name());
        target.Write("\",\"shape\":"u8);
        target.WriteShape(tensor.Shape);
        if (binary)
        {
            target.Write(",\"parameters\":{\"binary_data_size\":"u8);
            target.WriteNumber(BinaryDataWriter.SizeOf(tensor));
            target.Write("}}"u8);
            return;
        }

        target.Write(",\"data\":"u8);
        target.WriteData(tensor);
        if (FiniteScan.CountOthers(tensor) is > 0 and var nonFinite)
        {
            target.Write(",\"parameters\":{\"non_finite_as_null\":"u8);
            target.WriteNumber(nonFinite);
            target.Write((byte)'}');
        }

        target.Write((byte)'}');
    }

    private static int? WriteBinary(ByteBuffer target, InferRequest request, ReadOnlySpan<TensorBuffer> outputs)
    {
        int? jsonLength = null;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (!request.IsBinary(request.Outputs[i])) continue;
            jsonLength ??= target.Length;
            BinaryDataWriter.Write(target, outputs[i]);
        }

        return jsonLength;
    }
}
