using Platform.Inference.Protocol;

namespace Platform.Inference.Batching;

/// <summary>When a request passed the stations of a batcher, as timestamps of the batcher's clock; 0 for those it never reached.</summary>
internal struct BatchTimings
{
    public long Queued;

    /// <summary>Taken out of the queue to run.</summary>
    public long Taken;

    public long ComputeStarted;

    public long ComputeEnded;

    public long Completed;

    /// <summary>Rows of the run that it shared; 0 when it never ran.</summary>
    public int BatchRows;

    /// <summary>True for one of the requests that shared a run, so that runs can be counted.</summary>
    public bool LeadsRun;

    /// <summary>The times between the stations of a request that ran.</summary>
    public readonly RunTimes Between(TimeProvider time) => new(
        time.GetElapsedTime(Queued, Taken),
        time.GetElapsedTime(Taken, ComputeStarted),
        time.GetElapsedTime(ComputeStarted, ComputeEnded),
        time.GetElapsedTime(ComputeEnded, Completed),
        BatchRows);
}
