using System.Text.Json;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// Documents and outbox in a folder: every read is answered from memory; a commit is one synced line of a write-ahead
/// journal, which a checkpoint folds into one JSON file per document and segments of events. One process at a time.
/// </summary>
internal sealed class FileDocumentStore : IDocumentStore, ILocalDocuments, IAsyncDisposable, IDisposable
{
    private const int MaxPage = 1000;

    private readonly FolderLock _lock;
    private readonly EventSegments _segments;
    private readonly StoreScrub _scrub;
    private readonly StoreWriter _writer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _checkpoints;
    private readonly ILogger _logger;
    private readonly StoreDamage _damage;
    private readonly string _path;

    private FileDocumentStore(string path, FolderLock folderLock, StoreFolder folder, StoreWriter writer, ILogger logger)
    {
        (_path, _lock, _segments, _writer, _logger, _damage) = (path, folderLock, folder.Events, writer, logger, folder.Damage);
        _scrub = new StoreScrub(folder, writer);
        DocumentsMetrics.Watch(this);
        _checkpoints = Task.Run(KeepCheckpointingAsync);
    }

    /// <summary>
    /// Opens the folder and finishes what a crash interrupted. What is damaged is set aside and told of (<see cref="Degradation"/>). Throws
    /// <see cref="IOException"/> when another process has it open.
    /// </summary>
    public static FileDocumentStore Open(string path, FileStoreSettings settings, DurableFiles files, TimeProvider time, ILogger logger)
    {
        var folderLock = FolderLock.Take(path);
        try
        {
            var folder = new StoreFolder(path, files, new StoreDamage(path, files, time, logger));
            var loaded = folder.Load();
            var replay = Replay.Of(folder.Journal, loaded, folder.Damage);
            if (replay.EndIsTorn) DocumentsLog.UnfinishedCommitDropped(logger, path);
            return new FileDocumentStore(path, folderLock, folder, new StoreWriter(folder, settings, time, loaded, replay), logger);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    public ValueTask<Document<T>?> GetAsync<T>(string collection, string id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_writer.State.Collection(collection).Find(id) is { } stored ? Typed<T>(stored) : null);

    public ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxPage);
        var (items, more) = _writer.State.Collection(query.Collection).Page(query);
        return ValueTask.FromResult(new DocumentPage<T>([.. items.Select(Typed<T>)], more ? items[^1].Id : null));
    }

    public ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested(); // once it has begun, a commit is not abandoned
        return _writer.CommitAsync(batch);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var state = _writer.State;
        if (after >= state.LastSequence) return ValueTask.FromResult<IReadOnlyList<StoredEvent>>([]);
        var first = Math.Max(after, 0) + 1;
        var older = first < state.FirstRecent ? _segments.Read(first, state.FirstRecent, limit).ToList() : [];
        return ValueTask.FromResult<IReadOnlyList<StoredEvent>>([.. older, .. state.Recent(first, limit - older.Count)]);
    }

    public ValueTask<long> LastSequenceAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_writer.State.LastSequence);

    public async ValueTask WaitForEventsAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _writer.NewEvents;
            if (_writer.State.LastSequence > after) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task<int> ScrubAsync(ScrubPace pace, CancellationToken cancellationToken) => _scrub.RunAsync(pace, cancellationToken);

    /// <summary>Folds the journal into the files before its time. Throws <see cref="IOException"/> when the disk refuses it, and loses nothing.</summary>
    public void Checkpoint() => _writer.Checkpoint();

    /// <inheritdoc />
    public bool HasFailed => _writer.HasFailed;

    /// <inheritdoc />
    public Exception? Failure => _writer.Failure;

    /// <inheritdoc />
    public string? Degradation => _damage.Degradation;

    /// <inheritdoc />
    public int Damaged => _damage.Findings.Count;

    /// <inheritdoc />
    public string Service => Path.GetFileName(_path);

    /// <summary>Only one process can have the folder open.</summary>
    public bool IsShared => false;

    public ValueTask<Turn> TakeTurnAsync(string name, string holder, CancellationToken cancellationToken) => ValueTask.FromResult(Turn.Unshared);

    public ValueTask<string?> FindTurnHolderAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        DocumentsMetrics.Forget(this);
        await _stopping.CancelAsync();
        await _checkpoints;
        TryCheckpoint();
        _writer.Dispose();
        _lock.Dispose();
        _stopping.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task KeepCheckpointingAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await _writer.CheckpointDueAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_stopping.IsCancellationRequested) TryCheckpoint();
        }
    }

    /// <summary>A failed checkpoint loses nothing: the journal keeps it, and the next one tries again.</summary>
    private void TryCheckpoint()
    {
        try
        {
            Checkpoint();
        }
        catch (Exception exception)
        {
            DocumentsLog.CheckpointFailed(_logger, exception, _path);
        }
    }

    private static Document<T> Typed<T>(StoredDocument stored) =>
        new(stored.Id, stored.Revision, stored.Value.Deserialize<T>(PlatformJson.Tolerant)!);
}
