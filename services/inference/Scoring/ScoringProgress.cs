using Platform.Hosting.Documents;

namespace Platform.Inference.Scoring;

/// <summary>How far a run of a job has come, as it is stored with each part.</summary>
internal sealed class ScoringProgress(ScoringStore store, Document<ScoringRecord> begun, ResultPart part, TimeProvider time)
{
    private readonly long _first = begun.Value.RowsDone;
    private readonly long _started = time.GetTimestamp();
    private Document<ScoringRecord> _known = begun;
    private long _stored = time.GetTimestamp();

    public TimeSpan SinceStored => time.GetElapsedTime(_stored);

    /// <summary>Stores the part and begins the next.</summary>
    /// <exception cref="ScoringEndedException">Somebody else has ended the job, or taken it over.</exception>
    public async Task StoreAsync(CancellationToken stop)
    {
        var (known, bytes) = (_known.Value, part.Compress());
        var further = known with
        {
            RowsDone = known.RowsDone + part.Rows,
            RowsFailed = known.RowsFailed + part.Failed,
            Parts = known.Parts + 1,
            ResultBytes = known.ResultBytes + bytes.Length,
            RowsPerSecond = (known.RowsDone + part.Rows - _first) / Math.Max(0.001, time.GetElapsedTime(_started).TotalSeconds),
            Attempts = 1, // counted are those that come no further
        };
        _known = await store.TryAdvanceAsync(_known, further, bytes, [.. part.Problems], stop) ?? throw new ScoringEndedException();
        _stored = time.GetTimestamp();
        part.Clear();
    }
}
