using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Documents;

namespace Platform.Inference.Scoring;

/// <summary>How far a run of a job has come, as it is stored with each part.</summary>
internal sealed class ScoringProgress(
    ScoringStore store, ScoringRoom room, Document<ScoringRecord> begun, ResultPart part, int mostProblems, TimeProvider time)
{
    /// <summary>After so many bytes it is looked whether there is room for more.</summary>
    private const int UncheckedBytes = 256 << 10;

    private readonly long _first = begun.Value.RowsDone;
    private readonly long _started = time.GetTimestamp();
    private Document<ScoringRecord> _known = begun;
    private long _stored = time.GetTimestamp();
    private long _unchecked;

    public TimeSpan SinceStored => time.GetElapsedTime(_stored);

    /// <summary>Stores the part and begins the next.</summary>
    /// <exception cref="ScoringEndedException">Somebody else has ended the job, or taken it over.</exception>
    /// <exception cref="ScoringFailedException">There is no room for what has come of the rows.</exception>
    public async Task StoreAsync(CancellationToken stop)
    {
        var (known, bytes) = (_known.Value, part.Compress());
        var problems = part.Problems.Take(mostProblems - known.ProblemsKept).ToList();
        var further = known with
        {
            RowsDone = known.RowsDone + part.Rows,
            RowsFailed = known.RowsFailed + part.Failed,
            Parts = known.Parts + 1,
            ResultBytes = known.ResultBytes + bytes.Length,
            ProblemsKept = known.ProblemsKept + problems.Count,
            ProblemsLeftOut = known.ProblemsLeftOut + part.Problems.Count - problems.Count,
            ProblemBytes = known.ProblemBytes + (problems.Count == 0 ? 0 : JsonSerializer.SerializeToUtf8Bytes(problems, PlatformJson.Tolerant).Length),
            RowsPerSecond = (known.RowsDone + part.Rows - _first) / Math.Max(0.001, time.GetElapsedTime(_started).TotalSeconds),
            Attempts = 1, // counted are those that come no further
        };
        await CheckAsync(known, further, stop);
        _known = await store.TryAdvanceAsync(_known, further, bytes, problems, stop) ?? throw new ScoringEndedException();
        _stored = time.GetTimestamp();
        part.Clear();
    }

    /// <summary>For a result as large as the file room was kept; one that is larger must find it.</summary>
    private async Task CheckAsync(ScoringRecord known, ScoringRecord further, CancellationToken stop)
    {
        _unchecked += further.OutcomeBytes - known.OutcomeBytes;
        if (further.OutcomeBytes <= further.Bytes || _unchecked < UncheckedBytes) return;
        _unchecked = 0;
        if (!await room.HasAsync(further.StoredBytes - known.StoredBytes, stop)) throw new ScoringFailedException(ScoringErrors.Outgrown(room.MaxStoredBytes));
    }
}
