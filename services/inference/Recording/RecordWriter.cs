using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Batching;
using Platform.Inference.Protocol;
using Platform.Inference.Requests;
using Platform.Inference.Settings;
using Platform.Onnx.Sessions;

namespace Platform.Inference.Recording;

/// <summary>
/// Writes the prediction record (<see cref="PredictionLogged"/>) of one version, packed, straight from the tensors. What never
/// changes for the version is encoded once.
/// </summary>
internal sealed class RecordWriter : IQuotedInputs
{
    /// <summary>What comes before the tensors, as JSON, at most: ids, keys and an error, escaped.</summary>
    private const int EnvelopeBytes = 250_000;

    /// <summary>What comes after them.</summary>
    private const int TailBytes = 1024;

    /// <summary>More of what a runtime says of an error tells nobody anything.</summary>
    private const int MaxProblem = 8192;

    /// <summary>Where a version hides features: the runtime may quote what it could not compute with.</summary>
    private const string HiddenProblem = "The model could not be run on these inputs.";

    private readonly byte[] _head;
    private readonly byte[] _version;
    private readonly byte[] _device;
    private readonly TensorRecorder[] _inputs;
    private readonly TensorRecorder[] _outputs;
    private readonly long[] _reserves;
    private readonly bool _tellsOfTensors;
    private readonly bool _hides;
    private readonly RecordLimits _limits;
    private readonly TimeProvider _time;

    public RecordWriter(
        ModelVersionDescription description, RequestSchema schema, string provider, RecordingOptions options, RecordLimits limits,
        RedactionKey redactionKey, TimeProvider time)
    {
        var features = new FeatureColumns(description.Metadata, schema, redactionKey);
        _head = ByteBuffer.Encode(head =>
        {
            head.Write(PackedRecord.Mark);
            head.Write(RecordPhrase.Head, description.Model);
        });
        _version = ByteBuffer.Encode(version => version.Write(RecordPhrase.Version, description.Version));
        _device = ByteBuffer.Encode(device => device.Write(RecordPhrase.Device, provider));
        _inputs = [.. schema.AllInputs.Select((input, i) => new TensorRecorder(input.Name, features.Of(i), options))];
        _outputs = [.. schema.Outputs.Select(output => new TensorRecorder(output.Name, InputColumns.None, options))];
        (_reserves, var least) = Reserves([.. schema.AllInputs, .. schema.Outputs]);
        _tellsOfTensors = EnvelopeBytes + least <= limits.JsonBytes;
        _hides = description.Metadata.Logging?.Redact is { Count: > 0 };
        _limits = limits;
        _time = time;
        Share = Math.Clamp(description.Metadata.Logging?.Sample ?? 1, 0, 1);
        ComesFirst = description.Metadata.Logging?.Durability == "synchronous";
    }

    /// <summary>Share of predictions that are to be logged, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>Whether an answer goes out only when its record is on the disk.</summary>
    public bool ComesFirst { get; }

    /// <summary>Whether the record may show an input as the caller wrote it.</summary>
    public bool Quotes(int input, InferRequest request) =>
        Share > 0 && request.IsGiven(input) && _inputs[input].Quotes(request.InputOf(input), RowsOf(input, request));

    /// <summary>
    /// Writes the record of a prediction that has ended. It always fits (<see cref="RecordLimits"/>): inputs come first, so that what can be explained
    /// is, and of a model with so many tensors that their names alone are too much none is written.
    /// </summary>
    public void Write(ByteBuffer target, Prediction prediction)
    {
        var room = new RecordRoom(_limits);
        WriteEnvelope(target, prediction);
        WriteOutcome(target, prediction);
        var start = target.Length;
        WriteTensors(target, prediction, ref room);
        WriteEnd(target, prediction);
        if (room.Holds(target, reserve: 0)) return;

        target.Truncate(start);
        target.Write(RecordPhrase.Inputs);
        target.Write(RecordPhrase.Outputs);
        WriteEnd(target, prediction);
    }

    private void WriteTensors(ByteBuffer target, Prediction prediction, ref RecordRoom room)
    {
        target.Write(RecordPhrase.Inputs);
        if (_tellsOfTensors) WriteInputs(target, prediction, ref room);
        target.Write(RecordPhrase.Outputs);
        if (_tellsOfTensors) WriteOutputs(target, prediction, ref room);
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

    private void WriteOutcome(ByteBuffer target, Prediction prediction)
    {
        target.Write(RecordPhrase.Status, prediction.Status);
        target.Write(RecordPhrase.Error, ProblemOf(prediction));
        target.Write(RecordPhrase.Rows, prediction.HasInputs ? prediction.Request.Rows : 1);
    }

    private string? ProblemOf(Prediction prediction)
    {
        if (_hides && prediction.Status == PredictionStatus.Failed) return HiddenProblem;
        return prediction.Problem is { Length: > MaxProblem } problem ? problem[..MaxProblem] : prediction.Problem;
    }

    private void WriteInputs(ByteBuffer target, Prediction prediction, ref RecordRoom room)
    {
        var request = prediction.Request;
        for (var i = 0; prediction.HasInputs && i < _inputs.Length; i++)
        {
            if (!request.IsGiven(i)) continue; // only those with a default, which stand behind the others
            if (i > 0) target.Write(RecordPhrase.Comma);
            _inputs[i].Write(target, request.InputOf(i), RowsOf(i, request), request.SourceOf(i, prediction.Quotes.Written), ref room, _reserves[i]);
        }
    }

    /// <summary>An optional input is one value for the whole request.</summary>
    private static int RowsOf(int input, InferRequest request) => input < request.Inputs.Length ? request.Rows : 1;

    private void WriteOutputs(ByteBuffer target, Prediction prediction, ref RecordRoom room)
    {
        for (var i = 0; prediction.Status == PredictionStatus.Succeeded && i < _outputs.Length; i++)
        {
            if (i > 0) target.Write(RecordPhrase.Comma);
            _outputs[i].Write(target, prediction.Outputs[i], prediction.Request.Rows, source: [], ref room, _reserves[_inputs.Length + i]);
        }
    }

    private void WriteEnd(ByteBuffer target, Prediction prediction)
    {
        ref readonly var timings = ref prediction.Item.Timings;
        var compute = Micros(timings.ComputeStarted, timings.ComputeEnded);
        target.Write(RecordPhrase.QueueMicros, Micros(timings.Queued, timings.Taken));
        target.Write(RecordPhrase.BatchMicros, Math.Max(0, Micros(timings.Taken, timings.Completed) - compute));
        target.Write(RecordPhrase.ComputeMicros, compute);
        target.Write(RecordPhrase.TotalMicros, Micros(prediction.Facts.Started, prediction.Facts.Ended));
        target.Write(RecordPhrase.BatchSize, timings.BatchRows);
        if (timings.BatchRows > 0) target.Write(_device);
        target.Write(RecordPhrase.End);
    }

    /// <summary>By tensor, what those after it and the end of the record need at least; and what all of them need.</summary>
    private static (long[] ByTensor, long All) Reserves(IReadOnlyList<TensorSpec> tensors)
    {
        var reserves = new long[tensors.Count];
        long reserve = TailBytes;
        for (var i = tensors.Count - 1; i >= 0; i--)
        {
            reserves[i] = reserve;
            reserve += TensorRecorder.LeastBytes(tensors[i].Name, tensors[i].Shape.Count);
        }

        return (reserves, reserve);
    }

    private long Micros(long from, long to) => from == 0 || to <= from ? 0 : (long)_time.GetElapsedTime(from, to).TotalMicroseconds;
}
