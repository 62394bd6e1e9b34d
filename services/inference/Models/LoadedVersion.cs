using Platform.Contracts.Registry;
using Platform.Inference.Batching;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Recording;
using Platform.Inference.Requests;
using Platform.Inference.Rows;
using Platform.Inference.Statistics;
using Platform.Onnx.Isolation;
using Platform.Onnx.Sessions;
using Platform.Onnx.Workers;

namespace Platform.Inference.Models;

/// <summary>
/// A version that can be called. Whoever uses it holds a lease; after <see cref="Retire"/> it serves the leases that are out,
/// and with the last of them its memory goes.
/// </summary>
internal sealed class LoadedVersion
{
    // What a worker takes besides the model: a program of its own.
    private const long WorkerBytes = 64 << 20;

    private readonly ModelSession _session;
    private int _leases = 1; // the table's own
    private long _recordsLost;

    public LoadedVersion(ModelVersionDescription description, PlacedSession placed, RequestSchema schema, Batcher batcher,
        WarmUpResult warmUp, RecordWriter records, VersionStatistics statistics)
    {
        _session = placed.Session;
        (Isolation, Worker) = (placed.Isolation, placed.Worker);
        Description = description;
        Schema = schema;
        Batcher = batcher;
        Statistics = statistics;
        WarmUp = warmUp;
        Records = records;
        Tags = (new("model", description.Model), new("version", description.Version));
        Responses = new InferResponseWriter(description.Model, description.Version, _session.Signature.Outputs);
        Messages = new InferMessageWriter(description.Model, description.Version, _session.Signature.Outputs);
        Rows = new RowSchema(description.Metadata, schema);
        RowResponses = new RowResponseWriter(description.Model, description.Version, description.Metadata, _session.Signature.Outputs);
        Labels = new OutputLabels(description.Metadata, schema);
        Predictions = new PredictionPool(Schema);
    }

    public ModelVersionDescription Description { get; }

    public string Model => Description.Model;

    public string Version => Description.Version;

    /// <summary>
    /// An estimate of the memory it takes: ONNX Runtime keeps the weights once in its own layout, and a session costs about a
    /// megabyte by itself, a worker what a program does. The parts of a pipeline count as if nobody else had them.
    /// </summary>
    public long Bytes => Description.SizeBytes + (Description.Parts ?? []).Sum(part => part.SizeBytes + (1 << 20)) + (1 << 20) + (Worker is null ? 0 : WorkerBytes);

    /// <summary>Where it runs, and why.</summary>
    public IsolationDecision Isolation { get; }

    /// <summary>The process of its own that runs it; null where the service's does.</summary>
    public WorkerStatus? Worker { get; }

    /// <summary>Why it cannot be called now, a sentence; null where it can.</summary>
    public string? Unavailable => Worker is { IsRunning: false } worker
        ? $"The process that runs it {worker.LastDeath?.Reason ?? "is not there"}; it is being started again."
        : null;

    public string Provider => _session.Provider;

    /// <summary>What its measurements are tagged with.</summary>
    public (KeyValuePair<string, object?> Model, KeyValuePair<string, object?> Version) Tags { get; }

    public RequestSchema Schema { get; }

    public Batcher Batcher { get; }

    /// <summary>What its first runs showed: above all, whether rows of different requests may run together.</summary>
    public WarmUpResult WarmUp { get; }

    public RecordWriter Records { get; }

    public VersionStatistics Statistics { get; }

    public InferResponseWriter Responses { get; }

    /// <summary>The same as <see cref="Responses"/>, in protobuf.</summary>
    public InferMessageWriter Messages { get; }

    /// <summary>The inputs as named features.</summary>
    public RowSchema Rows { get; }

    /// <summary>The same as <see cref="Responses"/>, for requests by feature name.</summary>
    public RowResponseWriter RowResponses { get; }

    public OutputLabels Labels { get; }

    public PredictionPool Predictions { get; }

    public OutcomeCounts Outcomes { get; } = new();

    public VersionHistograms.Measured Measured { get; } = new();

    /// <summary>Predictions that were answered but could not be recorded.</summary>
    public long RecordsLost => Volatile.Read(ref _recordsLost);

    public void CountLostRecord() => Interlocked.Increment(ref _recordsLost);

    /// <summary>Takes a lease; false when the version has gone, and the caller must look it up anew.</summary>
    public bool TryAcquire()
    {
        var leases = Volatile.Read(ref _leases);
        while (leases > 0)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases) return true;
            leases = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0) Free();
    }

    /// <summary>Ends the table's own lease, once no new caller can find the version.</summary>
    public void Retire() => Release();

    private void Free()
    {
        Batcher.Dispose();
        Predictions.Dispose();
        _session.Dispose();
        ManagedHeap.CollectSoon();
    }
}
