using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Batching;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;

namespace Platform.Inference.Recording;

/// <summary>
/// Writes the prediction record (<see cref="PredictionLogged"/>) of one version, packed, straight from the tensors. What never
/// changes for the version is encoded once.
/// </summary>
internal sealed class RecordWriter
{
    private readonly byte[] _head;
    private readonly byte[] _version;
    private readonly byte[] _device;
    private readonly TensorRecorder[] _inputs;
    private readonly TensorRecorder[] _outputs;
    private readonly TimeProvider _time;

    public RecordWriter(
        ModelVersionDescription description, RequestSchema schema, string provider, RecordingOptions options, byte[] hashKey, TimeProvider time)
    {
        var features = new FeatureColumns(description.Metadata, schema, hashKey);
        _head = ByteBuffer.Encode(head =>
        {
            head.Write(PackedRecord.Mark);
            head.Write(RecordPhrase.Head, description.Model);
        });
        _version = ByteBuffer.Encode(version => version.Write(RecordPhrase.Version, description.Version));
        _device = ByteBuffer.Encode(device => device.Write(RecordPhrase.Device, provider));
        _inputs = [.. schema.AllInputs.Select((input, i) => new TensorRecorder(input.Name, features.Of(i), options))];
        _outputs = [.. schema.Outputs.Select(output => new TensorRecorder(output.Name, InputColumns.None, options))];
        _time = time;
        Share = Math.Clamp(description.Metadata.Logging?.Sample ?? 1, 0, 1);
    }

    /// <summary>Share of predictions that are to be logged, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>Whether the record may show an input as the caller wrote it.</summary>
    public bool Quotes(int input, InferRequest request) =>
        Share > 0 && request.IsGiven(input) && _inputs[input].Quotes(request.InputOf(input), RowsOf(input, request));

    /// <summary>Writes the record of a prediction that has ended.</summary>
    public void Write(ByteBuffer target, Prediction prediction)
    {
        WriteEnvelope(target, prediction);
        WriteOutcome(target, prediction);
        WriteInputs(target, prediction);
        WriteOutputs(target, prediction);
        WriteTimings(target, prediction);
        target.Write(RecordPhrase.End);
    }

    private void WriteEnvelope(ByteBuffer target, Prediction prediction)
    {
        ref var facts = ref prediction.Facts;
        target.Write(_head);
        target.Write(RecordPhrase.Id, facts.Id);
        target.Write(RecordPhrase.Time, facts.At);
        target.Write(RecordPhrase.TraceParent, facts.TraceParent);
        target.Write(_version);
        target.Write(RecordPhrase.Route, facts.Route);
        target.Write(RecordPhrase.RouteKey, facts.RouteKey);
        target.Write(RecordPhrase.RequestId, facts.RequestId);
        target.Write(RecordPhrase.TraceId, facts.TraceId);
    }

    private static void WriteOutcome(ByteBuffer target, Prediction prediction)
    {
        target.Write(RecordPhrase.Status, prediction.Status);
        target.Write(RecordPhrase.Error, prediction.Problem);
        target.Write(RecordPhrase.Rows, prediction.HasInputs ? prediction.Request.Rows : 1);
    }

    private void WriteInputs(ByteBuffer target, Prediction prediction)
    {
        target.Write(RecordPhrase.Inputs);
        var request = prediction.Request;
        for (var i = 0; prediction.HasInputs && i < _inputs.Length; i++)
        {
            if (!request.IsGiven(i)) continue; // only those with a default, which stand behind the others
            if (i > 0) target.Write(RecordPhrase.Comma);
            _inputs[i].Write(target, request.InputOf(i), RowsOf(i, request), request.SourceOf(i, prediction.Quotes.Written));
        }
    }

    /// <summary>An optional input is one value for the whole request.</summary>
    private static int RowsOf(int input, InferRequest request) => input < request.Inputs.Length ? request.Rows : 1;

    private void WriteOutputs(ByteBuffer target, Prediction prediction)
    {
        target.Write(RecordPhrase.Outputs);
        for (var i = 0; prediction.Status == PredictionStatus.Succeeded && i < _outputs.Length; i++)
        {
            if (i > 0) target.Write(RecordPhrase.Comma);
            _outputs[i].Write(target, prediction.Outputs[i], prediction.Request.Rows, source: []);
        }
    }

    private void WriteTimings(ByteBuffer target, Prediction prediction)
    {
        ref readonly var timings = ref prediction.Item.Timings;
        var compute = Micros(timings.ComputeStarted, timings.ComputeEnded);
        target.Write(RecordPhrase.QueueMicros, Micros(timings.Queued, timings.Taken));
        target.Write(RecordPhrase.BatchMicros, Math.Max(0, Micros(timings.Taken, timings.Completed) - compute));
        target.Write(RecordPhrase.ComputeMicros, compute);
        target.Write(RecordPhrase.TotalMicros, Micros(prediction.Facts.Started, prediction.Facts.Ended));
        target.Write(RecordPhrase.BatchSize, timings.BatchRows);
        if (timings.BatchRows > 0) target.Write(_device);
    }

    private long Micros(long from, long to) => from == 0 || to <= from ? 0 : (long)_time.GetElapsedTime(from, to).TotalMicroseconds;
}
