using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FASTER.core;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// The prediction log in one folder of the data directory: a FasterLog (Chandramouli et al., FASTER, SIGMOD 2018). A position
/// is a logical address of the log in decimal.
/// </summary>
internal sealed partial class FasterPredictionLog : IPredictionLogWriter, IPredictionLogReader, IDisposable
{
    private const int MaxBatch = 512;

    private readonly PredictionLogOptions _options;
    private readonly PredictionLogMetrics _metrics;
    private readonly ILogger _logger;
    private readonly FileStream _lock;
    private readonly FasterLogSettings _settings;
    private readonly FasterLog _log;
    private readonly ConcurrentDictionary<string, long> _acknowledged = [];

    public FasterPredictionLog(IOptions<StorageOptions> storage, IOptions<PredictionLogOptions> options, PredictionLogMetrics metrics,
        ILogger<FasterPredictionLog> logger)
    {
        (_options, _metrics, _logger) = (options.Value, metrics, logger);
        var folder = Path.Combine(storage.Value.Directory, "prediction-log");
        Directory.CreateDirectory(folder);
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _settings = new FasterLogSettings(folder)
        {
            PageSize = _options.PageBytes,
            MemorySize = _options.MemoryBytes,
            SegmentSize = _options.SegmentBytes,
            RemoveOutdatedCommits = true,
        };
        _log = new FasterLog(_settings, _logger);
    }

    /// <inheritdoc />
    public void Append(ReadOnlySpan<byte> record)
    {
        _log.Enqueue(record);
        _metrics.Appended(record.Length);
    }

    /// <summary>Makes everything appended so far durable and readable.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_log.TailAddress > _log.CommittedUntilAddress) await _log.CommitAsync(cancellationToken);
    }

    /// <summary>Drops the oldest records beyond the disk bound; counts and logs what a consumer had not read.</summary>
    public void ApplyRetention()
    {
        foreach (var (consumer, address) in _acknowledged) _metrics.Lagging(consumer, _log.TailAddress - address);
        var keepFrom = _log.CommittedUntilAddress - _options.MaxDiskBytes;
        if (keepFrom <= _log.BeginAddress) return;

        var before = _log.BeginAddress;
        _log.TruncateUntilPageStart(keepFrom);
        foreach (var (consumer, address) in _acknowledged.Where(entry => entry.Value < _log.BeginAddress))
        {
            var dropped = _log.BeginAddress - Math.Max(before, address);
            _metrics.Dropped(consumer, dropped);
            DroppedUnread(_logger, dropped, consumer);
        }
    }

    /// <inheritdoc />
    public void Acknowledge(string consumer, LogPosition position) => _acknowledged[consumer] = Address(position);

    /// <inheritdoc />
    public async IAsyncEnumerable<PredictionLogBatch> ReadAsync(string consumer, LogPosition after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = StartOf(consumer, after);
        _acknowledged.TryAdd(consumer, from);
        using var iterator = _log.Scan(from, long.MaxValue);
        while (await iterator.WaitAsync(cancellationToken))
        {
            var entries = new List<PredictionLogEntry>();
            var next = ReadBatch(iterator, entries);
            if (entries.Count == 0) continue;

            var (started, tail) = (Stopwatch.GetTimestamp(), _log.TailAddress);
            yield return new PredictionLogBatch(entries, Position(next));
            if (entries.Count == MaxBatch && _log.TailAddress > tail) await GiveWayAsync(started, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask<PredictionLogged?> FindAsync(LogPosition at, CancellationToken cancellationToken)
    {
        var address = Address(at);
        if (address < _log.BeginAddress || address >= _log.CommittedUntilAddress) return null;
        var (record, length) = await _log.ReadAsync(address, token: cancellationToken);
        return record is null ? null : TryRead(address, record.AsMemory(0, length))?.Record;
    }

    public void Dispose()
    {
        _log.Dispose();
        _settings.Dispose();
        _lock.Dispose();
    }

    private Task GiveWayAsync(long started, CancellationToken cancellationToken)
    {
        var worked = Stopwatch.GetElapsedTime(started);
        return Task.Delay(worked * (1 / _options.ConsumerDutyCycle - 1), cancellationToken);
    }

    private long ReadBatch(FasterLogScanIterator iterator, List<PredictionLogEntry> entries)
    {
        while (entries.Count < MaxBatch && iterator.GetNext(out var record, out var length, out var address, out _))
            if (TryRead(address, record.AsMemory(0, length)) is { } entry) entries.Add(entry);
        return iterator.NextAddress;
    }

    // A log that was removed or cut behind a consumer's back must not stop it: it goes on with the oldest record there is.
    private long StartOf(string consumer, LogPosition after)
    {
        var address = Address(after);
        if (address >= _log.BeginAddress && address <= _log.TailAddress) return address;
        if (after != LogPosition.Beginning) PositionGone(_logger, consumer, address, _log.BeginAddress, _log.TailAddress);
        return _log.BeginAddress;
    }

    private PredictionLogEntry? TryRead(long address, ReadOnlyMemory<byte> record)
    {
        try
        {
            return PredictionLogEntry.Read(Position(address), record);
        }
        catch (JsonException exception)
        {
            _metrics.Unreadable();
            UnreadableRecord(_logger, exception);
            return null;
        }
    }

    private static LogPosition Position(long address) => new(address.ToString(CultureInfo.InvariantCulture));

    private static long Address(LogPosition position) =>
        long.TryParse(position.Token, NumberStyles.None, CultureInfo.InvariantCulture, out var address) ? address : 0;

    [LoggerMessage(LogLevel.Error, "The prediction log reached its disk bound: {Bytes} bytes were dropped before {Consumer} had read them")]
    private static partial void DroppedUnread(ILogger logger, long bytes, string consumer);

    [LoggerMessage(LogLevel.Error, "A record of the prediction log is not valid and is passed over")]
    private static partial void UnreadableRecord(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "{Consumer} left off at {Address}, but the prediction log holds {Begin} to {Tail}; reading from its beginning")]
    private static partial void PositionGone(ILogger logger, string consumer, long address, long begin, long tail);
}
