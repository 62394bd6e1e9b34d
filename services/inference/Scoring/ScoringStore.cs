using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Hosting.Paging;
using Platform.Hosting.Work;
using Platform.Inference.Jobs;

namespace Platform.Inference.Scoring;

/// <summary>
/// Files that are scored, as documents that every replica reads: the job, the pieces of its file until it has ended, and the parts of its result.
/// </summary>
internal sealed class ScoringStore(
    [FromKeyedServices(InferenceService.Name)] IDocumentStore documents, UploadNotes uploads, IOptions<ScoringOptions> options, TimeProvider time)
    : WorkStore<ScoringRecord>(documents, "scoring-jobs")
{
    /// <summary>A file lies in pieces of this size, the last one aside.</summary>
    public const int PieceBytes = 1 << 20;

    private const string Leftovers = "scoring-leftovers";
    private const string Expiries = "scoring-expiries";

    private const int PageSize = 100;

    /// <summary>Makes an upload a job. False when it was removed.</summary>
    public async Task<bool> TryAddAsync(ScoringRecord job, Document<ScoringUpload> upload, CancellationToken cancellationToken)
    {
        var batch = Put(new DocumentBatch(), job, expectedRevision: 0).Delete(UploadNotes.Collection, upload.Id, upload.Revision);
        return await Documents.CommitAsync(batch, cancellationToken) is null;
    }

    /// <summary>A piece of the file; null when the job has ended.</summary>
    public async ValueTask<byte[]?> ReadPieceAsync(string job, int number, CancellationToken cancellationToken) =>
        (await Documents.GetAsync<ScoringPiece>(ScoringPlaces.Pieces, ScoringPlaces.Of(job, number), cancellationToken))?.Value.Bytes;

    /// <summary>A part of the result; null when it is no longer kept.</summary>
    public async ValueTask<byte[]?> ReadPartAsync(string job, int number, CancellationToken cancellationToken) =>
        (await Documents.GetAsync<ScoringPiece>(ScoringPlaces.Parts, ScoringPlaces.Of(job, number), cancellationToken))?.Value.Bytes;

    /// <summary>
    /// Stores a part together with how far the job has come by it: both or none. Null when somebody else has the job by now, or has ended it.
    /// </summary>
    public async Task<Document<ScoringRecord>?> TryAdvanceAsync(
        Document<ScoringRecord> known, ScoringRecord further, byte[] part, IReadOnlyList<ScoringProblem> problems, CancellationToken cancellationToken)
    {
        var place = ScoringPlaces.Of(known.Id, known.Value.Parts);
        var batch = Put(new DocumentBatch(), further, known.Revision).Put(ScoringPlaces.Parts, place, new ScoringPiece(part), expectedRevision: null);
        if (problems.Count > 0)
        {
            var found = new ScoringProblems(known.Value.Parts, problems);
            batch.Put(ScoringPlaces.Problems, place, found, expectedRevision: null, new Dictionary<string, string> { ["job"] = known.Id });
        }

        return await Documents.CommitAsync(batch, cancellationToken) is null ? new(known.Id, known.Revision + 1, further) : null;
    }

    /// <summary>What is wrong with rows, in their order, a part after the other until there is a page.</summary>
    public async Task<Page<ScoringProblem>> ReadProblemsAsync(string job, int limit, ProblemPlace? after, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(ScoringPlaces.Problems)
        {
            Where = new Dictionary<string, string> { ["job"] = job },
            After = after is { Part: > 0 } place ? ScoringPlaces.Of(job, place.Part - 1) : null,
            Limit = 1,
        };
        var (found, last) = (new List<ScoringProblem>(), new ProblemPlace(0, 0));
        while (true)
        {
            var page = await Documents.QueryAsync<ScoringProblems>(query, cancellationToken);
            foreach (var part in page.Items)
            {
                for (var at = after is not null && after.Part == part.Value.Part ? after.At + 1 : 0; at < part.Value.Items.Count; at++)
                {
                    if (found.Count == limit) return new(found, last.ToString());
                    found.Add(part.Value.Items[at]);
                    last = new(part.Value.Part, at);
                }
            }

            if (page.Next is null) return new(found, null);
            query = query with { After = page.Next };
        }
    }

    /// <summary>Jobs that have not ended, and what all of them take that are kept.</summary>
    public async Task<(int Unfinished, long Bytes)> CountAsync(CancellationToken cancellationToken)
    {
        var (unfinished, bytes) = (0, 0L);
        foreach (var state in (string[])[WorkState.Queued, WorkState.Running, WorkState.Succeeded, WorkState.Failed, WorkState.Cancelled])
        {
            await foreach (var job in ReadAsync(state, cancellationToken))
            {
                if (!job.Value.IsFinal) unfinished++;
                bytes += job.Value.StoredBytes;
            }
        }

        return (unfinished, bytes);
    }

    /// <summary>Removes the ended jobs that are no longer kept, with all that belongs to them, what goes with a job's end, and uploads that never became jobs.</summary>
    public override async Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var dropped = await uploads.RemoveDueAsync(cancellationToken);
        await RemoveLeftoversAsync(cancellationToken);
        return dropped + await RemoveJobsAsync(time.GetUtcNow(), cancellationToken);
    }

    protected override ScoringRecord GiveUp(ScoringRecord work, DateTimeOffset now) =>
        work.Finish(WorkState.Failed, JobError.Of(JobErrors.GivenUp(work.Attempts)), now);

    protected override ScoringRecord Cancel(ScoringRecord work, DateTimeOffset now) => work.Finish(WorkState.Cancelled, JobError.Of(JobErrors.Cancelled), now);

    /// <summary>The file goes, and the parts of a result that nobody will ask for; what was wrong with rows can be read on. The sweeper removes them.</summary>
    protected override void End(DocumentBatch batch, ScoringRecord work)
    {
        var goesAt = work.FinishedAt!.Value + options.Value.Retention;
        batch.Put(Expiries, IdOf(goesAt, work.Id), new ScoringExpiry(work.Id, work.Parts, goesAt), expectedRevision: null);
        batch.Put(Leftovers, work.Id, new ScoringLeftovers(work.Pieces, work.State == WorkState.Succeeded ? 0 : work.Parts), expectedRevision: null);
    }

    private async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        var ended = (await Documents.QueryAsync<ScoringLeftovers>(new DocumentQuery(Leftovers) { Limit = PageSize }, cancellationToken)).Items;
        foreach (var job in ended)
        {
            await Documents.RemoveAsync(ScoringPlaces.Pieces, job.Id, job.Value.Pieces, cancellationToken);
            await Documents.RemoveAsync(ScoringPlaces.Parts, job.Id, job.Value.Parts, cancellationToken);
            await Documents.CommitAsync(new DocumentBatch().Delete(Leftovers, job.Id), cancellationToken);
        }
    }

    /// <summary>The job first, so that nobody reads half of it, and last the note that says what else there is.</summary>
    private async Task<int> RemoveJobsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expiries = (await Documents.QueryAsync<ScoringExpiry>(new DocumentQuery(Expiries) { Limit = PageSize }, cancellationToken)).Items;
        var due = expiries.TakeWhile(expiry => expiry.Value.At <= now).ToList();
        foreach (var (note, _, job) in due)
        {
            await Documents.CommitAsync(Remove(new DocumentBatch(), job.Job), cancellationToken);
            await Documents.RemoveAsync(ScoringPlaces.Parts, job.Job, job.Parts, cancellationToken);
            await Documents.RemoveAsync(ScoringPlaces.Problems, job.Job, job.Parts, cancellationToken);
            await Documents.CommitAsync(new DocumentBatch().Delete(Expiries, note), cancellationToken);
        }

        return due.Count;
    }
}
