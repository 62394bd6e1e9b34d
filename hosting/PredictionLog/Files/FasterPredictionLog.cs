using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FASTER.core;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>
/// The prediction log in one folder of the data directory: a FasterLog (Chandramouli et al., FASTER, SIGMOD 2018). A position
/// is a logical address of the log in decimal.
/// </summary>
internal sealed partial class FasterPredictionLog : IPredictionLogWriter, IPredictionLogReader, IScrubbed, IDisposable
{
    private const int MaxBatch = 512;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly PredictionLogOptions _options;
    private readonly PredictionLogMetrics _metrics;
    private readonly ILogger _logger;
    private readonly FileStream _lock;
    private readonly LogDevice _device;
    private readonly LogCommits _commits;
    private readonly FasterLogSettings _settings;
    private readonly FasterLog _log;
    private readonly LogRetention _retention;
    private readonly LogDamage _damage;
    private readonly string _folder;
    private readonly Lock _appending = new();
    private readonly RecordsAtRisk _atRisk;
    private readonly CommitRounds _rounds;
    private long _records;
    private byte[] _frame = [];

    public FasterPredictionLog(IOptions<StorageOptions> storage, IOptions<PredictionLogOptions> options, PredictionLogMetrics metrics,
        DurableFiles files, TimeProvider time, ILogger<FasterPredictionLog> logger)
    {
        (_options, _metrics, _logger) = (options.Value, metrics, logger);
        var folder = _folder = files.CreateFolder(LocalLog.FolderOf(storage.Value));
        _damage = new LogDamage(folder, metrics, logger);
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            _commits = OpenCommits(folder, files);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
        _device = new LogDevice(Path.Combine(folder, "fasterlog.log"), _options.RetryInterval, files, metrics, logger);
        _settings = new FasterLogSettings
        {
            LogDevice = _device,
            LogCommitManager = _commits,
            PageSize = _options.PageBytes,
            MemorySize = _options.MemoryBytes,
            SegmentSize = _options.SegmentBytes,
            TryRecoverLatest = false, // it would pass over every exception
        };
        _log = new FasterLog(_settings, _logger);
        if (_commits.ListCommits().Any()) _log.Recover();
        _atRisk = new RecordsAtRisk(time);
        _rounds = new CommitRounds(_log, Checkpoint, () => _metrics.Committed(_atRisk.Committed()), () => Failure);
        _metrics.Watch(() => _atRisk.Age, _options.DurableWithin);
        _retention = new LogRetention(_log, _options, _metrics, _logger);
        _records = CountRecovered();
    }

    /// <summary>How many records have ever been appended; the number of the last one.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Age of the oldest record that is not on the disk; zero when all are.</summary>
    public TimeSpan AtRisk => _atRisk.Age;

    /// <summary>Why nothing can be made durable at present; null while all is well.</summary>
    public Exception? Failure => _device.Failure ?? _commits.Failure;

    /// <summary>What is damaged and was passed over; null when nothing was met that is.</summary>
    public string? Degradation => _damage.Degradation;

    /// <inheritdoc />
    public void Append(ReadOnlySpan<byte> record)
    {
        // Numbered and appended as one step: numbers grow along the log.
        lock (_appending)
        {
            var frame = FramedRecord.Frame(record, _records + 1, ref _frame);
            while (!_log.TryEnqueue(frame, out _)) WaitForRoom();
            _records++;
            _atRisk.Appended();
            _metrics.Appended(record.Length);
            if (_log.TailAddress - _log.CommittedUntilAddress > _options.CommitBytes) _rounds.Want();
        }
    }

    /// <inheritdoc />
    public ValueTask DurableAsync(CancellationToken cancellationToken) => _rounds.DurableAsync(cancellationToken);

    /// <inheritdoc cref="CommitRounds.WaitUntilWanted"/>
    public void WaitUntilCommitIsWanted(TimeSpan atMost, CancellationToken cancellationToken) => _rounds.WaitUntilWanted(atMost, cancellationToken);

    /// <inheritdoc cref="CommitRounds.Run"/>
    public void Commit(CancellationToken cancellationToken) => _rounds.Run(cancellationToken);

    /// <inheritdoc cref="CommitRounds.Run"/>
    public Task CommitAsync(CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Commit(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Drops what need not be kept any more, and what cannot.</summary>
    public void ApplyRetention() => _retention.Apply();

    /// <inheritdoc />
    public void Acknowledge(string consumer, LogPosition position) => _retention.Acknowledge(consumer, LogAddress.Of(position));

    /// <inheritdoc />
    public async IAsyncEnumerable<PredictionLogBatch> ReadAsync(string consumer, LogPosition after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (numbered, next) in ReadNumberedAsync(consumer, after, cancellationToken))
        {
            var (started, tail) = (Stopwatch.GetTimestamp(), _log.TailAddress);
            yield return new PredictionLogBatch([.. numbered.Select(entry => entry.Entry)], LogAddress.PositionOf(next));
            if (numbered.Count == MaxBatch && _log.TailAddress > tail) await GiveWayAsync(started, cancellationToken);
        }
    }

    /// <summary>The records with their numbers, as fast as they are taken.</summary>
    public async IAsyncEnumerable<NumberedBatch> ReadNumberedAsync(string consumer, LogPosition after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = StartOf(consumer, after);
        _retention.Begin(consumer, from);
        using var segments = OpenSegments();
        var scan = new LogScan(segments, from, null);
        while (await _rounds.BehindAsync(scan.NextAddress, cancellationToken))
            foreach (var frames in Read(scan).Chunk(MaxBatch))
                if (ReadEntries(frames) is { Count: > 0 } entries)
                    yield return new NumberedBatch(entries, frames[^1].Next);
    }

    /// <inheritdoc />
    public ValueTask<PredictionLogged?> FindAsync(LogPosition at, CancellationToken cancellationToken)
    {
        var address = LogAddress.Of(at);
        if (address < _log.BeginAddress || address >= _log.CommittedUntilAddress) return ValueTask.FromResult<PredictionLogged?>(null);
        using var segments = OpenSegments();
        var frame = segments.ReadFrame(address, _log.CommittedUntilAddress);
        return ValueTask.FromResult(frame is null ? null : TryRead(address, frame)?.Record);
    }

    /// <inheritdoc />
    public bool? IsEnd(LogPosition position) => Math.Max(LogAddress.Of(position), _log.BeginAddress) >= _log.CommittedUntilAddress;

    /// <inheritdoc />
    public async Task<int> ScrubAsync(ScrubPace pace, CancellationToken cancellationToken)
    {
        var (before, until) = (_damage.Places, _log.CommittedUntilAddress); // what comes meanwhile is read with the next pass
        using var segments = OpenSegments();
        var scan = new LogScan(segments, _log.BeginAddress, null);
        for (var at = scan.NextAddress; at < until; at = scan.NextAddress)
        {
            Read(scan);
            await pace.PayAsync(scan.NextAddress - at, cancellationToken);
        }
        return _damage.Places - before;
    }

    public void Dispose()
    {
        if (!_rounds.Close()) return; // it is registered as more than one service
        _commits.Close();
        _device.Dispose(); // writes what the log has handed to it, out of the log's own memory
        _rounds.Dispose();
        _log.Dispose();
        _settings.Dispose();
        _commits.Dispose();
        _lock.Dispose();
    }

    private Task GiveWayAsync(long started, CancellationToken cancellationToken)
    {
        var pause = Stopwatch.GetElapsedTime(started) * (1 / _options.ConsumerDutyCycle - 1);
        return Task.Delay(pause < LongestPause ? pause : LongestPause, cancellationToken); // it may have waited rather than worked
    }

    private LogSegments OpenSegments() => new(_folder, _options.PageBytes, _options.SegmentBytes);

    private LogBounds Bounds() => new(_log.BeginAddress, _log.CommittedUntilAddress);

    private IReadOnlyList<StoredFrame> Read(LogScan scan)
    {
        var page = scan.Read(Bounds);
        if (page.DamagedAt is { } address) _damage.Found(address, page.Lost);
        return page.Frames;
    }

    private List<NumberedEntry> ReadEntries(StoredFrame[] frames)
    {
        var entries = new List<NumberedEntry>(frames.Length);
        foreach (var (address, _, frame) in frames)
            if (TryRead(address, frame) is { } entry)
                entries.Add(new NumberedEntry(FramedRecord.NumberOf(frame), entry));
        return entries;
    }

    /// <summary>The memory is full: the next pages are on their way to the disk, unless it refuses them.</summary>
    private void WaitForRoom()
    {
        if (Failure is { } failure) throw new IOException($"The prediction log cannot be written: {failure.Message}", failure);
        Thread.Yield();
    }

    private LogCommits OpenCommits(string folder, DurableFiles files)
    {
        var found = CommitFiles.Find(folder, _options);
        if (found.Commit is { } commit && (commit.PageBytes, commit.SegmentBytes) != (_options.PageBytes, _options.SegmentBytes))
            throw new InvalidDataException(
                $"The prediction log in '{folder}' was written with PageBytes {commit.PageBytes} and SegmentBytes {commit.SegmentBytes}, " +
                $"not with {_options.PageBytes} and {_options.SegmentBytes}; they cannot be changed for a log that is there.");
        var recovered = LogRecovery.Find(folder, found, _options);
        if (recovered.Scanned is { } scanned)
        {
            LastCommitUnreadable(_logger, folder, scanned.Count);
            scanned.Settle(folder, _options.SegmentBytes, files);
        }
        if (recovered.Commit is null) (found, recovered) = Begin(folder, files);
        return new LogCommits(folder, found.Path, recovered.Commit, _options, files, _metrics, _logger);
    }

    // Both commits are there before the first record is: from then on, a log without them has lost them.
    private (FoundCommit Found, RecoveredLog Recovered) Begin(string folder, DurableFiles files)
    {
        CommitFiles.Replace(folder, LogCommit.OfNothing(_options), files);
        var found = CommitFiles.Find(folder, _options);
        return (found, new RecoveredLog(found.Commit, null));
    }

    private LogCheckpoint Checkpoint()
    {
        lock (_appending)
        {
            _atRisk.Committing();
            return new LogCheckpoint(_log.TailAddress, _records);
        }
    }

    // Between the checkpoint of the last commit and its end lie at most the records of one interval.
    private long CountRecovered()
    {
        var checkpoint = LogCheckpoint.Read(_log.RecoveredCookie, _log.BeginAddress);
        var isKept = checkpoint.Address >= _log.BeginAddress;
        using var segments = OpenSegments();
        var scan = new LogScan(segments, isKept ? checkpoint.Address : _log.BeginAddress, isKept ? checkpoint.Records : null);
        while (scan.NextAddress < _log.CommittedUntilAddress) Read(scan);
        var records = scan.LastNumber ?? checkpoint.Records;
        // Those that cannot be read at the end have had numbers, too, which nobody may get again: at most as many as there was room for.
        return scan.EndIsDamaged ? records + (_log.CommittedUntilAddress - scan.LastEnd) / FramedRecord.NumberBytes : records;
    }

    // A log that was removed or cut behind a consumer's back must not stop it: it goes on with the oldest record there is.
    private long StartOf(string consumer, LogPosition after)
    {
        var address = LogAddress.Of(after);
        if (address >= _log.BeginAddress && address <= _log.TailAddress) return address;
        if (after != LogPosition.Beginning) PositionGone(_logger, consumer, address, _log.BeginAddress, _log.TailAddress);
        return _log.BeginAddress;
    }

    private PredictionLogEntry? TryRead(long address, byte[] frame)
    {
        try
        {
            return PredictionLogEntry.Read(LogAddress.PositionOf(address), FramedRecord.JsonOf(frame, frame.Length));
        }
        catch (JsonException exception)
        {
            _metrics.Unreadable();
            UnreadableRecord(_logger, exception);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "A record of the prediction log is not valid and is passed over")]
    private static partial void UnreadableRecord(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "The last commit of the prediction log in {Folder} cannot be read; {Records} records behind the one before it were found in the files and are kept")]
    private static partial void LastCommitUnreadable(ILogger logger, string folder, long records);

    [LoggerMessage(LogLevel.Warning,
        "{Consumer} left off at {Address}, but the prediction log holds {Begin} to {Tail}; reading from its beginning")]
    private static partial void PositionGone(ILogger logger, string consumer, long address, long begin, long tail);
}
