using Microsoft.Extensions.Options;

namespace Platform.Inference.Scoring;

/// <summary>Whether there is room for more, over all processes: files that come, files and results that are there.</summary>
internal sealed class ScoringRoom(ScoringStore store, UploadNotes uploads, IOptions<ScoringOptions> options)
{
    public long MaxStoredBytes => options.Value.MaxStoredBytes;

    /// <summary>Whether those that are being received, of which the caller's is one, are too many or too large for what is left.</summary>
    public async Task<bool> IsOverfullAsync(CancellationToken cancellationToken)
    {
        var (coming, announced) = await uploads.CountAsync(cancellationToken);
        var (unfinished, stored) = await store.CountAsync(cancellationToken);
        return unfinished + coming > options.Value.MaxUnfinished || stored + ScoringRecord.BytesFor(announced) > MaxStoredBytes;
    }

    /// <summary>Whether a job may take so much more. What is being received yields to it: that is refused when it has come.</summary>
    public async Task<bool> HasAsync(long more, CancellationToken cancellationToken) =>
        (await store.CountAsync(cancellationToken)).Bytes + more <= MaxStoredBytes;
}
