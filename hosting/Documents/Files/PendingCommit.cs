using System.Runtime.ExceptionServices;

namespace Platform.Hosting.Documents.Files;

/// <summary>A batch that waits for the disk, and what became of it.</summary>
internal sealed class PendingCommit<TBatch>(TBatch batch)
{
    private DocumentConflict? _conflict;
    private ExceptionDispatchInfo? _failure;

    public TBatch Batch { get; } = batch;

    public bool IsDecided { get; private set; }

    /// <summary>The conflict, or null when the batch is committed; throws when it could not be written.</summary>
    public DocumentConflict? Outcome
    {
        get
        {
            _failure?.Throw();
            return _conflict;
        }
    }

    public void Decide(DocumentConflict? conflict) => (_conflict, IsDecided) = (conflict, true);

    public void Fail(Exception exception) => (_failure, IsDecided) = (ExceptionDispatchInfo.Capture(exception), true);
}
