using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;

namespace Platform.Inference.Scoring;

/// <summary>
/// Files that are being received. Of each a note says how many pieces have come; a piece and the note are one commit. Whoever removes an upload says so
/// in the note first, at the revision that it knows: from then on nothing can be added to it, and it can become no job. A file that has become a
/// job has no note any more, and so keeps its pieces.
/// </summary>
internal sealed class UploadNotes(
    [FromKeyedServices(InferenceService.Name)] IDocumentStore documents, IOptions<ScoringOptions> options, TimeProvider time)
{
    public const string Collection = "scoring-uploads";

    /// <summary>More than can be under way.</summary>
    private const int PageSize = 1000;

    /// <summary>Its own process removes what takes too long; after this, that process has died.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Notes that a file of so many bytes, at most, will come.</summary>
    public async Task<Document<ScoringUpload>> BeginAsync(string job, long bytes, CancellationToken cancellationToken)
    {
        var upload = new ScoringUpload(bytes, Pieces: 0, time.GetUtcNow() + options.Value.MaxUploadTime + Grace, IsDropped: false);
        await documents.CommitAsync(new DocumentBatch().Put(Collection, job, upload, expectedRevision: 0), cancellationToken);
        return new(job, 1, upload);
    }

    /// <summary>Stores the next piece. Null when the upload was removed.</summary>
    public async Task<Document<ScoringUpload>?> TryAddAsync(Document<ScoringUpload> known, byte[] piece, CancellationToken cancellationToken)
    {
        var further = known.Value with { Pieces = known.Value.Pieces + 1 };
        var batch = new DocumentBatch().Put(Collection, known.Id, further, known.Revision)
            .Put(ScoringPlaces.Pieces, ScoringPlaces.Of(known.Id, known.Value.Pieces), new ScoringPiece(piece), expectedRevision: 0);
        return await documents.CommitAsync(batch, cancellationToken) is null ? new(known.Id, known.Revision + 1, further) : null;
    }

    /// <summary>Removes an upload with its pieces, unless it has become a job.</summary>
    public async Task DropAsync(string job, CancellationToken cancellationToken)
    {
        while (await documents.GetAsync<ScoringUpload>(Collection, job, cancellationToken) is { } known)
            if (await TryRemoveAsync(known, cancellationToken)) return;
    }

    /// <summary>Removes what dead processes were receiving, and says how much.</summary>
    public async Task<int> RemoveDueAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var upload in await ReadAsync(cancellationToken))
        {
            if (!upload.Value.IsDropped && upload.Value.GoesAt > time.GetUtcNow()) continue;
            if (await TryRemoveAsync(upload, cancellationToken)) removed++;
        }

        return removed;
    }

    /// <summary>How many files are being received, over all processes, and how many bytes they may have.</summary>
    public async Task<(int Count, long Bytes)> CountAsync(CancellationToken cancellationToken)
    {
        var uploads = await ReadAsync(cancellationToken);
        return (uploads.Count, uploads.Sum(upload => upload.Value.Bytes));
    }

    private async Task<IReadOnlyList<Document<ScoringUpload>>> ReadAsync(CancellationToken cancellationToken) =>
        (await documents.QueryAsync<ScoringUpload>(new DocumentQuery(Collection) { Limit = PageSize }, cancellationToken)).Items;

    /// <summary>False when it has come further meanwhile, or has become a job.</summary>
    private async Task<bool> TryRemoveAsync(Document<ScoringUpload> known, CancellationToken cancellationToken)
    {
        if (!known.Value.IsDropped)
        {
            var dropped = new DocumentBatch().Put(Collection, known.Id, known.Value with { IsDropped = true }, known.Revision);
            if (await documents.CommitAsync(dropped, cancellationToken) is not null) return false;
        }

        await documents.RemoveAsync(ScoringPlaces.Pieces, known.Id, known.Value.Pieces, cancellationToken);
        await documents.CommitAsync(new DocumentBatch().Delete(Collection, known.Id), cancellationToken);
        return true;
    }
}
