using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Inference.Batching;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;

namespace Platform.Inference.Recording;

/// <summary>
/// Writes the prediction record (<see cref="PredictionLogged"/>) of one version as JSON, straight from the tensors. What never
/// changes for the version is encoded once.
/// </summary>
internal sealed class RecordWriter
{
    private readonly byte[] _head;
    private readonly byte[] _version;
    private readonly byte[] _provider;
    private readonly TensorRecorder[] _inputs;
    private readonly TensorRecorder[] _outputs;
    private readonly TimeProvider _time;

    public RecordWriter(
        ModelVersionDescription description, RequestSchema schema, string provider, RecordingOptions options, byte[] hashKey, TimeProvider time)
    {
        var features = new FeatureColumns(description.Metadata, schema, hashKey);
        _head = ByteBuffer.Encode(head => WriteHead(head, description.Model));
        _version = ByteBuffer.Encode(text => text.WriteString(description.Version));
        _provider = ByteBuffer.Encode(text => text.WriteString(provider));
        _inputs = [.. schema.Inputs.Select((input, i) => new TensorRecorder(input.Name, features.Of(i), options))];
        _outputs = [.. schema.Outputs.Select(output => new TensorRecorder(output.Name, InputColumns.None, options))];
        _time = time;
        Share = Math.Clamp(description.Metadata.Logging?.Sample ?? 1, 0, 1);
    }

    /// <summary>Share of predictions that are to be logged, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>Whether the record may show an input as the caller wrote it.</summary>
    public bool Quotes(int input, InferRequest request) => Share > 0 && _inputs[input].Quotes(request.Inputs[input], request.Rows);

    /// <summary>Writes the record of a prediction that has ended.</summary>
    public void Write(ByteBuffer target, Prediction prediction)
    {
        WriteEnvelope(target, prediction);
        WriteOutcome(target, prediction);
        WriteInputs(target, prediction);
        WriteOutputs(target, prediction);
        WriteTimings(target, prediction);
        target.Write("}}"u8);
    }

    private void WriteEnvelope(ByteBuffer target, Prediction prediction)
    {
        ref var facts = ref prediction.Facts;
        target.Write(_head);
        target.Write(",\"id\":"u8);
        target.WriteString(facts.Id);
        target.Write(",\"time\":\""u8);
        target.WriteTime(facts.At);
        target.Write((byte)'"');
        target.WriteMember(",\"traceparent\":"u8, facts.TraceParent);
        target.Write(",\"data\":{\"version\":"u8);
        target.Write(_version);
        target.WriteMember(",\"route\":"u8, facts.Route);
        target.WriteMember(",\"routeKey\":"u8, facts.RouteKey);
        target.WriteMember(",\"requestId\":"u8, facts.RequestId);
        target.WriteMember(",\"traceId\":"u8, facts.TraceId);
    }

    private static void WriteOutcome(ByteBuffer target, Prediction prediction)
    {
        target.WriteMember(",\"status\":"u8, prediction.Status);
        target.WriteMember(",\"error\":"u8, prediction.Problem);
        target.Write(",\"rows\":"u8);
        target.WriteNumber(prediction.HasInputs ? prediction.Request.Rows : 1);
    }

    private void WriteInputs(ByteBuffer target, Prediction prediction)
    {
        target.Write(",\"inputs\":["u8);
        for (var i = 0; prediction.HasInputs && i < _inputs.Length; i++)
        {
            if (i > 0) target.Write((byte)',');
            var request = prediction.Request;
            _inputs[i].Write(target, request.Inputs[i], request.Rows, request.SourceOf(i, prediction.Quotes.Written));
        }
    }

    private void WriteOutputs(ByteBuffer target, Prediction prediction)
    {
        target.Write("],\"outputs\":["u8);
        for (var i = 0; prediction.Status == PredictionStatus.Succeeded && i < _outputs.Length; i++)
        {
            if (i > 0) target.Write((byte)',');
            _outputs[i].Write(target, prediction.Outputs[i], prediction.Request.Rows, source: []);
        }

        target.Write((byte)']');
    }

    private void WriteTimings(ByteBuffer target, Prediction prediction)
    {
        ref readonly var timings = ref prediction.Item.Timings;
        var compute = Micros(timings.ComputeStarted, timings.ComputeEnded);
        target.Write(",\"timings\":{\"queueMicros\":"u8);
        target.WriteNumber(Micros(timings.Queued, timings.Taken));
        target.Write(",\"batchMicros\":"u8);
        target.WriteNumber(Math.Max(0, Micros(timings.Taken, timings.Completed) - compute));
        target.Write(",\"computeMicros\":"u8);
        target.WriteNumber(compute);
        target.Write(",\"totalMicros\":"u8);
        target.WriteNumber(Micros(prediction.Facts.Started, prediction.Facts.Ended));
        target.Write("},\"batchSize\":"u8);
        target.WriteNumber(timings.BatchRows);
        if (timings.BatchRows == 0) return;
        target.Write(",\"device\":"u8);
        target.Write(_provider);
    }

    private long Micros(long from, long to) => from == 0 || to == 0 ? 0 : (long)_time.GetElapsedTime(from, to).TotalMicroseconds;

    private static void WriteHead(ByteBuffer head, string model)
    {
        var defaults = new PredictionLogged();
        head.WriteMember("{\"specversion\":"u8, defaults.SpecVersion);
        head.WriteMember(",\"source\":"u8, defaults.Source);
        head.WriteMember(",\"type\":"u8, defaults.Type);
        head.WriteMember(",\"datacontenttype\":"u8, defaults.DataContentType);
        head.WriteMember(",\"subject\":"u8, model);
    }
}
