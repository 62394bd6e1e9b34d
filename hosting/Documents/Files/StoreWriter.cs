namespace Platform.Hosting.Documents.Files;

/// <summary>
/// Commits batches: those that arrive while the disk is busy share the next write of the journal. In the background a
/// checkpoint folds the journal into the document and event files.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    // Commits wait for the checkpoint when the journal is this much longer than what triggers one.
    private const int MaxBacklog = 8;

    private readonly StoreFolder _folder;
    private readonly FileStoreSettings _settings;
    private readonly TimeProvider _time;
    private readonly CommitLane<PreparedBatch> _commits;
    private readonly SemaphoreSlim _journalFull = new(0, 1);
    private HashSet<DocumentKey> _changed;
    private volatile StoreState _state;
    private volatile StoreState _saved = StoreState.Empty;
    private volatile TaskCompletionSource _newEvents = NewSignal();
    private volatile TaskCompletionSource _checkpointed = NewSignal();
    private volatile Exception? _checkpointFailure;
    private volatile Exception? _commitFailure;
    private long _savedSequence;

    /// <summary>Takes over a folder whose files said <paramref name="loaded"/> and whose journal added to that.</summary>
    public StoreWriter(StoreFolder folder, FileStoreSettings settings, TimeProvider time, LoadedFiles loaded, Replay replay)
    {
        (_folder, _settings, _time, _commits) = (folder, settings, time, new CommitLane<PreparedBatch>(Commit));
        (_state, _changed, _savedSequence) = (replay.State, replay.Changed, loaded.SavedSequence);
        if (replay.EndIsTorn) folder.Journal.CutOffUnfinished(replay.NextJournal - 1);
        folder.Journal.Begin(replay.NextJournal);
        Save(_state, _changed);
        _changed = loaded.Unsealed; // those get their checksums with the next checkpoint
    }

    /// <summary>Whether nothing can be committed until a restart.</summary>
    public bool HasFailed => _folder.Journal.HasFailed;

    /// <summary>Why documents cannot be stored at present; null while they can.</summary>
    public Exception? Failure => _commitFailure ?? _checkpointFailure;

    /// <summary>The latest committed state.</summary>
    public StoreState State => _state;

    /// <summary>What the files of documents hold, unless they are damaged.</summary>
    public StoreState Saved => _saved;

    /// <summary>Completes at the next commit that has events.</summary>
    public Task NewEvents => _newEvents.Task;

    /// <summary>Waits until the journal is long, or until the checkpoint interval has passed.</summary>
    public Task CheckpointDueAsync(CancellationToken cancellationToken) =>
        _journalFull.WaitAsync(_settings.CheckpointInterval, cancellationToken);

    public async ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch)
    {
        var prepared = new PreparedBatch(batch);
        if (prepared.IsEmpty) return null;
        await WaitForRoomAsync();
        return await _commits.CommitAsync(prepared);
    }

    /// <summary>Saves what has changed since the last checkpoint and removes the journal that holds it.</summary>
    public void Checkpoint()
    {
        try
        {
            TryCommits();
            SaveChanges();
            _checkpointFailure = null;
        }
        catch (Exception exception)
        {
            _checkpointFailure = exception;
            throw;
        }
        finally
        {
            Interlocked.Exchange(ref _checkpointed, NewSignal()).SetResult();
        }
    }

    /// <summary>Has a document's file written again by the next checkpoint.</summary>
    public void SaveAgain(DocumentKey key) => _commits.Exclusively(() => _changed.Add(key));

    public void Dispose()
    {
        _commits.Dispose();
        _folder.Journal.Dispose();
    }

    private void SaveChanges()
    {
        var (state, changed) = _commits.Exclusively(BeginCheckpoint);
        if (state is null) return;
        try
        {
            Save(state, changed);
        }
        catch
        {
            _commits.Exclusively(() => _changed.UnionWith(changed));
            throw;
        }
        _commits.Exclusively(() => _state = _state.Trim(_savedSequence));
    }

    private void Save(StoreState state, HashSet<DocumentKey> changed)
    {
        _folder.Save(state, changed, _savedSequence);
        _saved = state;
        _folder.Journal.RemoveOlder();
        _savedSequence = state.LastSequence;
    }

    private void Commit(IReadOnlyList<PendingCommit<PreparedBatch>> group)
    {
        var state = _state;
        var at = _time.GetUtcNow();
        var entries = new List<JournalEntry>(group.Count);
        foreach (var pending in group)
        {
            if (pending.Batch.TryApply(ref state, at, out var conflict) is { } entry) entries.Add(entry);
            pending.Decide(conflict);
        }
        if (entries.Count == 0) return;
        Append(entries);
        Publish(state, entries);
    }

    private void Append(List<JournalEntry> entries)
    {
        try
        {
            _folder.Journal.Append(entries);
            _commitFailure = null;
        }
        catch (Exception exception)
        {
            _commitFailure = exception;
            throw;
        }
    }

    /// <summary>After a commit that failed: looks whether the disk takes one again, so that a process is ready again before anybody asks it to store.</summary>
    private void TryCommits()
    {
        if (_commitFailure is not null && !HasFailed) _commits.Exclusively(() => Append([]));
    }

    private void Publish(StoreState state, List<JournalEntry> entries)
    {
        var hasEvents = state.LastSequence > _state.LastSequence;
        _state = state;
        foreach (var write in entries.SelectMany(entry => entry.Writes)) _changed.Add(new DocumentKey(write.Collection, write.Id));
        if (_folder.Journal.Length > _settings.MaxJournalBytes && _journalFull.CurrentCount == 0) _journalFull.Release();
        if (hasEvents) Interlocked.Exchange(ref _newEvents, NewSignal()).SetResult();
    }

    /// <summary>Keeps the journal bounded: writers go at the pace of the files, and are refused when those cannot be written.</summary>
    private async Task WaitForRoomAsync()
    {
        while (true)
        {
            var next = _checkpointed;
            if (_folder.Journal.TotalLength <= MaxBacklog * _settings.MaxJournalBytes) return;
            if (_checkpointFailure is { } failure) throw new IOException("Documents cannot be saved to their files.", failure) { HResult = failure.HResult };
            await next.Task;
        }
    }

    private (StoreState? State, HashSet<DocumentKey> Changed) BeginCheckpoint()
    {
        if (_folder.Journal.TotalLength == 0 && _changed.Count == 0) return (null, []);
        if (_folder.Journal.Length > 0) _folder.Journal.Begin(_folder.Journal.Number + 1);
        var changed = _changed;
        _changed = [];
        return (_state, changed);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
