using System.Text;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Writes ModelInferResponse. What never changes for a version is encoded once.</summary>
internal sealed class InferMessageWriter
{
    private static readonly byte[] PredictionId = "prediction_id"u8.ToArray();
    private static readonly byte[] FinalResponse = ByteBuffer.Encode(entry =>
    {
        entry.WriteField(InferFields.Key, "triton_final_response"u8);
        entry.WriteField(InferFields.Value, [InferFields.Bool << 3, 1]);
    });

    private readonly byte[] _head;
    private readonly byte[][] _names;

    public InferMessageWriter(string model, string version, IReadOnlyList<TensorSpec> outputs)
    {
        _head = ByteBuffer.Encode(head =>
        {
            head.WriteField(InferFields.ModelName, Encoding.UTF8.GetBytes(model));
            head.WriteField(InferFields.ModelVersion, Encoding.UTF8.GetBytes(version));
        });
        _names = [.. outputs.Select(output => ByteBuffer.Encode(name => name.WriteField(InferFields.TensorName, Encoding.UTF8.GetBytes(output.Name))))];
    }

    /// <summary>Writes the answer to <paramref name="request"/>, whose id stands in <paramref name="quotes"/>.</summary>
    /// <param name="target">Where the answer goes.</param>
    /// <param name="scratch">Memory for elements whose length must be known before they are written.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="quotes">The request's message, or what was kept of it.</param>
    /// <param name="outputs">For each wanted output, in that order, what to show of it.</param>
    /// <param name="predictionId">The prediction's id.</param>
    /// <param name="times">Where the time went, for a request that asks for it.</param>
    /// <param name="isFinal">Whether to say that it is the request's last answer, as in a stream.</param>
    public void Write(
        ByteBuffer target, ByteBuffer scratch, InferRequest request, ReadOnlySpan<byte> quotes, ReadOnlySpan<TensorBuffer> outputs,
        string predictionId, in RunTimes times, bool isFinal)
    {
        target.Write(_head);
        if (request.Id.Length > 0) target.WriteField(InferFields.Id, quotes.Slice(request.Id.Start, request.Id.Length));
        WriteText(target, PredictionId, predictionId);
        if (request.Parameters.Timings) WriteTimes(target, times);
        if (isFinal) target.WriteField(InferFields.Parameters, FinalResponse);
        var isRaw = GoesRaw(request, outputs);
        for (var i = 0; i < outputs.Length; i++) WriteOutput(target, scratch, _names[request.Outputs[i].Index], outputs[i], isRaw);
        for (var i = 0; isRaw && i < outputs.Length; i++)
        {
            target.WriteHead(InferFields.RawOutputs, BinaryDataWriter.SizeOf(outputs[i]));
            BinaryDataWriter.Write(target, outputs[i]);
        }
    }

    /// <summary>All outputs of an answer go one way: raw where one of them is wanted so, or knows no other.</summary>
    private static bool GoesRaw(InferRequest request, ReadOnlySpan<TensorBuffer> outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
            if (request.IsBinary(request.Outputs[i]) || Contents.FieldOf(outputs[i].Datatype) == 0) return true;
        return false;
    }

    private static void WriteOutput(ByteBuffer target, ByteBuffer scratch, byte[] name, TensorBuffer tensor, bool isRaw)
    {
        scratch.Clear();
        if (!isRaw) ContentsWriter.Write(scratch, tensor);
        var datatype = tensor.Datatype.Utf8Name();
        var dimensions = 0;
        foreach (var size in tensor.Shape) dimensions += WireWriter.SizeOf((ulong)size);
        long length = name.Length + WireWriter.SizeOfField(datatype.Length) + WireWriter.SizeOfField(dimensions);
        if (!isRaw) length += WireWriter.SizeOfField(scratch.Length);

        target.WriteHead(InferFields.Outputs, length);
        target.Write(name);
        target.WriteField(InferFields.TensorDatatype, datatype);
        target.WriteHead(InferFields.TensorShape, dimensions);
        foreach (var size in tensor.Shape) target.WriteVarint((ulong)size);
        if (!isRaw) target.WriteField(InferFields.TensorContents, scratch.Written);
    }

    private static void WriteTimes(ByteBuffer target, in RunTimes times)
    {
        for (var i = 0; i < RunTimes.Count; i++) WriteNumber(target, times[i].Name, times[i].Value);
    }

    private static void WriteNumber(ByteBuffer target, ReadOnlySpan<byte> name, long value)
    {
        var parameter = 1 + WireWriter.SizeOf((ulong)value);
        target.WriteHead(InferFields.Parameters, WireWriter.SizeOfField(name.Length) + WireWriter.SizeOfField(parameter));
        target.WriteField(InferFields.Key, name);
        target.WriteHead(InferFields.Value, parameter);
        target.WriteField(InferFields.Int64, (ulong)value);
    }

    private static void WriteText(ByteBuffer target, ReadOnlySpan<byte> name, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var parameter = WireWriter.SizeOfField(length);
        target.WriteHead(InferFields.Parameters, WireWriter.SizeOfField(name.Length) + WireWriter.SizeOfField(parameter));
        target.WriteField(InferFields.Key, name);
        target.WriteHead(InferFields.Value, parameter);
        target.WriteHead(InferFields.String, length);
        target.Advance(Encoding.UTF8.GetBytes(value, target.GetSpan(length)));
    }
}
