using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Writes the JSON answer to an infer request. What never changes for a version is encoded once.</summary>
internal sealed class InferResponseWriter
{
    private readonly byte[] _head;
    private readonly byte[][] _outputHeads;

    public InferResponseWriter(string model, string version, IReadOnlyList<TensorSpec> outputs)
    {
        _head = ByteBuffer.Encode(head =>
        {
            head.Write("{\"model_name\":"u8);
            head.WriteString(model);
            head.Write(",\"model_version\":"u8);
            head.WriteString(version);
        });
        _outputHeads = [.. outputs.Select(output => ByteBuffer.Encode(head =>
        {
            head.Write("{\"name\":"u8);
            head.WriteString(output.Name);
            head.Write(",\"datatype\":\""u8);
        }))];
    }

    /// <summary>Writes the answer to <paramref name="request"/>, whose id stands in <paramref name="body"/>.</summary>
    public void Write(ByteBuffer target, InferRequest request, ReadOnlySpan<byte> body, ReadOnlySpan<TensorBuffer> outputs)
    {
        target.Write(_head);
        if (request.Id.Length > 0)
        {
            target.Write(",\"id\":"u8);
            target.Write(body.Slice(request.Id.Start, request.Id.Length));
        }

        target.Write(",\"outputs\":["u8);
        for (var i = 0; i < request.Outputs.Length; i++)
        {
            if (i > 0) target.Write((byte)',');
            WriteOutput(target, request.Outputs[i], outputs[request.Outputs[i]]);
        }

        target.Write("]}"u8);
    }

    private void WriteOutput(ByteBuffer target, int output, TensorBuffer tensor)
    {
        target.Write(_outputHeads[output]);
        target.Write(tensor.Datatype.Utf8Name());
        target.Write("\",\"shape\":"u8);
        target.WriteShape(tensor.Shape);
        target.Write(",\"data\":"u8);
        target.WriteData(tensor);
        target.Write((byte)'}');
    }
}
