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
    [FromKeyedServices(InferenceService.Name)] IDocumentStore documents, IOptions<ScoringOptions> options, TimeProvider time)
    : WorkStore<ScoringRecord>(documents, "scoring-jobs")
{
    /// <summary>A file lies in pieces of this size, the last one aside.</summary>
    public const int PieceBytes = 1 << 20;

    private const string Uploads = "scoring-uploads";
    private const string PiecesOf = "scoring-pieces";
    private const string Parts = "scoring-parts";
    private const string Problems = "scoring-errors";
    private const string Expiries = "scoring-expiries";

    /// <summary>What of an upload has not become a job by then is removed.</summary>
    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(1);

    /// <summary>Notes that pieces of a file will come, so that they go again where it never becomes a job.</summary>
    public async Task<ScoringUpload> BeginUploadAsync(string job, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var upload = new ScoringUpload(job, at + LongestUpload, (int)(options.Value.MaxFileBytes / PieceBytes) + 1);
        await Documents.CommitAsync(new DocumentBatch().Put(Uploads, IdOf(upload.GoesAt, job), upload, expectedRevision: 0), cancellationToken);
        return upload;
    }

    public async Task AddPieceAsync(string job, int number, byte[] bytes, CancellationToken cancellationToken) =>
        await Documents.CommitAsync(new DocumentBatch().Put(PiecesOf, PlaceOf(job, number), new ScoringPiece(bytes), expectedRevision: 0), cancellationToken);

    /// <summary>Makes an upload a job. False when it took too long and was removed.</summary>
    public async Task<bool> TryAddAsync(ScoringRecord job, ScoringUpload upload, CancellationToken cancellationToken)
    {
        var batch = Put(new DocumentBatch(), job, expectedRevision: 0).Delete(Uploads, IdOf(upload.GoesAt, upload.Job), expectedRevision: 1);
        return await Documents.CommitAsync(batch, cancellationToken) is null;
    }

    /// <summary>Removes an upload that becomes no job.</summary>
    public async Task DropAsync(ScoringUpload upload, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch().Delete(Uploads, IdOf(upload.GoesAt, upload.Job));
        RemovePieces(batch, upload.Job, upload.MostPieces);
        await Documents.CommitAsync(batch, cancellationToken);
    }

    /// <summary>A piece of the file; null when the job has ended.</summary>
    public async ValueTask<byte[]?> ReadPieceAsync(string job, int number, CancellationToken cancellationToken) =>
        (await Documents.GetAsync<ScoringPiece>(PiecesOf, PlaceOf(job, number), cancellationToken))?.Value.Bytes;

    /// <summary>A part of the result; null when it is no longer kept.</summary>
    public async ValueTask<byte[]?> ReadPartAsync(string job, int number, CancellationToken cancellationToken) =>
        (await Documents.GetAsync<ScoringPiece>(Parts, PlaceOf(job, number), cancellationToken))?.Value.Bytes;

    /// <summary>
    /// Stores a part together with how far the job has come by it: both or none. Null when somebody else has the job by now, or has ended it.
    /// </summary>
    public async Task<Document<ScoringRecord>?> TryAdvanceAsync(
        Document<ScoringRecord> known, ScoringRecord further, byte[] part, IReadOnlyList<ScoringProblem> problems, CancellationToken cancellationToken)
    {
        var place = PlaceOf(known.Id, known.Value.Parts);
        var batch = Put(new DocumentBatch(), further, known.Revision).Put(Parts, place, new ScoringPiece(part), expectedRevision: null);
        if (problems.Count > 0)
            batch.Put(Problems, place, new ScoringProblems(known.Value.Parts, problems), expectedRevision: null, new Dictionary<string, string> { ["job"] = known.Id });
        return await Documents.CommitAsync(batch, cancellationToken) is null ? new(known.Id, known.Revision + 1, further) : null;
    }

    /// <summary>What is wrong with rows, in their order, a part after the other until there is a page.</summary>
    public async Task<Page<ScoringProblem>> ReadProblemsAsync(string job, int limit, ProblemPlace? after, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(Problems)
        {
            Where = new Dictionary<string, string> { ["job"] = job },
            After = after is { Part: > 0 } place ? PlaceOf(job, place.Part - 1) : null,
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
        foreach (var state in (string[])[WorkState.Queued, WorkState.Running, WorkState.Succeeded])
        {
            await foreach (var job in ReadAsync(state, cancellationToken))
            {
                if (!job.Value.IsFinal) unfinished++;
                bytes += job.Value.StoredBytes;
            }
        }

        return (unfinished, bytes);
    }

    /// <summary>Removes the ended jobs that are no longer kept, with all that belongs to them, and uploads that never became jobs.</summary>
    public override async Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dropped = await RemoveDueAsync<ScoringUpload>(Uploads, upload => upload.GoesAt <= now,
            (batch, upload) => RemovePieces(batch, upload.Job, upload.MostPieces), cancellationToken);
        return dropped + await RemoveDueAsync<ScoringExpiry>(Expiries, expiry => expiry.At <= now, RemoveJob, cancellationToken);

        void RemoveJob(DocumentBatch batch, ScoringExpiry expiry)
        {
            Remove(batch, expiry.Job);
            RemoveParts(batch, expiry.Job, expiry.Parts);
            for (var part = 0; part < expiry.Parts; part++) batch.Delete(Problems, PlaceOf(expiry.Job, part));
        }
    }

    protected override ScoringRecord GiveUp(ScoringRecord work, DateTimeOffset now)
    {
        var error = JobErrors.GivenUp(work.Attempts);
        return work.Finish(WorkState.Failed, new(error.Status, error.Code, error.Detail), now);
    }

    protected override ScoringRecord Cancel(ScoringRecord work, DateTimeOffset now) => work.Finish(
        WorkState.Cancelled, new(JobErrors.Cancelled.Status, JobErrors.Cancelled.Code, JobErrors.Cancelled.Detail), now);

    /// <summary>The file goes, and the parts of a result that nobody will ask for; what was wrong with rows can be read on.</summary>
    protected override void End(DocumentBatch batch, ScoringRecord work)
    {
        var goesAt = work.FinishedAt!.Value + options.Value.Retention;
        batch.Put(Expiries, IdOf(goesAt, work.Id), new ScoringExpiry(work.Id, work.Parts, goesAt), expectedRevision: null);
        RemovePieces(batch, work.Id, work.Pieces);
        if (work.State != WorkState.Succeeded) RemoveParts(batch, work.Id, work.Parts);
    }

    private static void RemovePieces(DocumentBatch batch, string job, int pieces)
    {
        for (var piece = 0; piece < pieces; piece++) batch.Delete(PiecesOf, PlaceOf(job, piece));
    }

    private static void RemoveParts(DocumentBatch batch, string job, int parts)
    {
        for (var part = 0; part < parts; part++) batch.Delete(Parts, PlaceOf(job, part));
    }

    private static string PlaceOf(string job, int number) => $"{job}-{number:D8}";
}
