using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FASTER.core;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.Storage;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// The prediction log in one folder of the data directory: a FasterLog (Chandramouli et al., FASTER, SIGMOD 2018). A position
/// is a logical address of the log in decimal.
/// </summary>
internal sealed partial class FasterPredictionLog : IPredictionLogWriter, IPredictionLogReader, IDisposable
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
    private readonly Lock _appending = new();
    private long _records;
    private byte[] _frame = [];

    public FasterPredictionLog(IOptions<StorageOptions> storage, IOptions<PredictionLogOptions> options, PredictionLogMetrics metrics,
        DurableFiles files, ILogger<FasterPredictionLog> logger)
    {
        (_options, _metrics, _logger) = (options.Value, metrics, logger);
        var folder = files.CreateFolder(LocalLog.FolderOf(storage.Value));
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
        _device = new LogDevice(Path.Combine(folder, "fasterlog.log"), files, metrics, logger);
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
        _retention = new LogRetention(_log, _options, _metrics, _logger);
        _records = CountRecovered();
    }

    /// <summary>How many records have ever been appended; the number of the last one.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Why nothing can be made durable at present; null while all is well.</summary>
    public Exception? Failure => _device.Failure ?? _commits.Failure;

    /// <inheritdoc />
    public void Append(ReadOnlySpan<byte> record)
    {
        // Numbered and appended as one step: numbers grow along the log.
        lock (_appending)
        {
            var frame = FramedRecord.Frame(record, _records + 1, ref _frame);
            while (!_log.TryEnqueue(frame, out _)) WaitForRoom();
            _records++;
            _metrics.Appended(record.Length);
        }
    }

    /// <summary>
    /// Makes everything appended so far durable and readable, and frees the room of what retention dropped. Waits while the disk
    /// refuses it; throws <see cref="IOException"/> when the log was closed meanwhile.
    /// </summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_log.TailAddress > _log.CommittedUntilAddress || _log.BeginAddress > _log.CommittedBeginAddress)
            await _log.CommitStronglyAsync(Checkpoint().Write(), token: cancellationToken);
        if (_commits.Failure is { } failure) throw new IOException($"The prediction log was closed before it was committed: {failure.Message}", failure);
    }

    /// <summary>Drops what need not be kept any more, and what cannot.</summary>
    public void ApplyRetention() => _retention.Apply();

    /// <inheritdoc />
    public void Acknowledge(string consumer, LogPosition position) => _retention.Acknowledge(consumer, AddressOf(position));

    /// <inheritdoc />
    public async IAsyncEnumerable<PredictionLogBatch> ReadAsync(string consumer, LogPosition after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (numbered, next) in ReadNumberedAsync(consumer, after, cancellationToken))
        {
            var (started, tail) = (Stopwatch.GetTimestamp(), _log.TailAddress);
            yield return new PredictionLogBatch([.. numbered.Select(entry => entry.Entry)], PositionOf(next));
            if (numbered.Count == MaxBatch && _log.TailAddress > tail) await GiveWayAsync(started, cancellationToken);
        }
    }

    /// <summary>The records with their numbers, as fast as they are taken.</summary>
    public async IAsyncEnumerable<NumberedBatch> ReadNumberedAsync(string consumer, LogPosition after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = StartOf(consumer, after);
        _retention.Begin(consumer, from);
        using var iterator = _log.Scan(from, long.MaxValue);
        while (await iterator.WaitAsync(cancellationToken))
        {
            var entries = new List<NumberedEntry>();
            var next = ReadBatch(iterator, entries);
            if (entries.Count > 0) yield return new NumberedBatch(entries, next);
        }
    }

    /// <inheritdoc />
    public async ValueTask<PredictionLogged?> FindAsync(LogPosition at, CancellationToken cancellationToken)
    {
        var address = AddressOf(at);
        if (address < _log.BeginAddress || address >= _log.CommittedUntilAddress) return null;
        var (record, length) = await _log.ReadAsync(address, token: cancellationToken);
        return record is null ? null : TryRead(address, record, length)?.Record;
    }

    public void Dispose()
    {
        _commits.Close();
        _device.Dispose(); // writes what the log has handed to it, out of the log's own memory
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

    private long ReadBatch(FasterLogScanIterator iterator, List<NumberedEntry> entries)
    {
        while (entries.Count < MaxBatch && iterator.GetNext(out var record, out var length, out var address, out _))
            if (TryRead(address, record, length) is { } entry)
                entries.Add(new NumberedEntry(FramedRecord.NumberOf(record), entry));
        return iterator.NextAddress;
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
        if (recovered.Scanned is { } scanned) LastCommitUnreadable(_logger, folder, scanned);
        return new LogCommits(folder, found.Path, recovered.Commit, _options, files, _metrics, _logger);
    }

    private LogCheckpoint Checkpoint()
    {
        lock (_appending) return new LogCheckpoint(_log.TailAddress, _records);
    }

    // Between the checkpoint of the last commit and its end lie at most the records of one interval.
    private long CountRecovered()
    {
        var checkpoint = LogCheckpoint.Read(_log.RecoveredCookie, _log.BeginAddress);
        using var iterator = _log.Scan(Math.Max(checkpoint.Address, _log.BeginAddress), _log.CommittedUntilAddress);
        var records = checkpoint.Records;
        while (iterator.GetNext(out var record, out _, out _, out _)) records = FramedRecord.NumberOf(record);
        return records;
    }

    // A log that was removed or cut behind a consumer's back must not stop it: it goes on with the oldest record there is.
    private long StartOf(string consumer, LogPosition after)
    {
        var address = AddressOf(after);
        if (address >= _log.BeginAddress && address <= _log.TailAddress) return address;
        if (after != LogPosition.Beginning) PositionGone(_logger, consumer, address, _log.BeginAddress, _log.TailAddress);
        return _log.BeginAddress;
    }

    private PredictionLogEntry? TryRead(long address, byte[] frame, int length)
    {
        try
        {
            return PredictionLogEntry.Read(PositionOf(address), FramedRecord.JsonOf(frame, length));
        }
        catch (JsonException exception)
        {
            _metrics.Unreadable();
            UnreadableRecord(_logger, exception);
            return null;
        }
    }

    internal static LogPosition PositionOf(long address) => new(address.ToString(CultureInfo.InvariantCulture));

    internal static long AddressOf(LogPosition position) =>
        long.TryParse(position.Token, NumberStyles.None, CultureInfo.InvariantCulture, out var address) ? address : 0;

    [LoggerMessage(LogLevel.Error, "A record of the prediction log is not valid and is passed over")]
    private static partial void UnreadableRecord(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "The last commit of the prediction log in {Folder} cannot be read; {Records} records behind the one before it were found in the files and are kept")]
    private static partial void LastCommitUnreadable(ILogger logger, string folder, long records);

    [LoggerMessage(LogLevel.Warning,
        "{Consumer} left off at {Address}, but the prediction log holds {Begin} to {Tail}; reading from its beginning")]
    private static partial void PositionGone(ILogger logger, string consumer, long address, long begin, long tail);
}
