using System.Collections.Concurrent;
using FASTER.core;
using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// The files of the prediction log, written by a thread of their own that gives way to those who answer requests after every piece:
/// it shows in their p99 where there is but one core (docs/decisions/0007). What is reported as written is on the disk.
/// A write that fails, on a full disk for one, is repeated until there is room; meanwhile the log fills its memory, and no more.
/// </summary>
internal sealed partial class LogDevice : StorageDeviceBase
{
    private const int PieceBytes = 64 << 10;
    private static readonly IOException Closed = new("The prediction log is closed.");

    private readonly IDevice _device;
    private readonly TimeSpan _retryInterval;
    private readonly DurableFiles _files;
    private readonly PredictionLogMetrics _metrics;
    private readonly ILogger _logger;
    private readonly BlockingCollection<Write> _writes = [];
    private readonly ConcurrentDictionary<int, SafeFileHandle> _segments = [];
    private readonly ManualResetEventSlim _closing = new();
    private readonly Thread _writer;
    private volatile Exception? _failure;

    /// <param name="path">Path of the files but for their numbers.</param>
    /// <param name="retryInterval">How long after a write that failed it is tried again.</param>
    /// <param name="files">What brings them to the disk.</param>
    /// <param name="metrics">Where failures are counted.</param>
    /// <param name="logger">Where failures are reported.</param>
    public LogDevice(string path, TimeSpan retryInterval, DurableFiles files, PredictionLogMetrics metrics, ILogger logger)
        : this(path, Devices.CreateLogDevice(path), retryInterval, files, metrics, logger)
    {
    }

    private LogDevice(
        string path, IDevice device, TimeSpan retryInterval, DurableFiles files, PredictionLogMetrics metrics, ILogger logger)
        : base(path, device.SectorSize, device.Capacity)
    {
        (_device, _retryInterval, _files, _metrics, _logger) = (device, retryInterval, files, metrics, logger);
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "Prediction log" };
        _writer.Start();
    }

    /// <summary>Why nothing can be written at present; null while writing succeeds.</summary>
    public Exception? Failure => _failure;

    public override void Initialize(long segmentSize, LightEpoch? epoch = null, bool omitSegmentIdFromFileName = false)
    {
        base.Initialize(segmentSize, epoch, omitSegmentIdFromFileName);
        _device.Initialize(segmentSize, epoch, omitSegmentIdFromFileName);
    }

    public override void WriteAsync(
        nint source, int segment, ulong destination, uint length, DeviceIOCompletionCallback callback, object context)
    {
        try
        {
            _writes.Add(new Write(source, segment, (long)destination, (int)length, callback, context));
        }
        catch (InvalidOperationException) when (_closing.IsSet)
        {
            _failure ??= Closed; // a commit that runs meanwhile has not been written, and says so
            callback((uint)Closed.HResult, 0, context);
        }
    }

    public override void ReadAsync(
        int segment, ulong source, nint destination, uint length, DeviceIOCompletionCallback callback, object context) =>
        _device.ReadAsync(segment, source, destination, length, callback, context);

    public override long GetFileSize(int segment) => _device.GetFileSize(segment);

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result)
    {
        if (_segments.TryRemove(segment, out var handle)) handle.Dispose();
        _device.RemoveSegmentAsync(segment, callback, result);
    }

    public override void Reset() => _device.Reset();

    /// <summary>Ends when what it has been given is written, or cannot be.</summary>
    public override void Dispose()
    {
        if (_closing.IsSet) return;
        _closing.Set();
        _writes.CompleteAdding();
        _writer.Join();
        _writes.Dispose();
        _closing.Dispose();
        foreach (var handle in _segments.Values) handle.Dispose();
        _device.Dispose();
    }

    private void WriteAll()
    {
        foreach (var write in _writes.GetConsumingEnumerable())
        {
            while (!TryWrite(write) && !_closing.Wait(_retryInterval)) continue;
            var error = (uint)(_failure?.HResult ?? 0);
            write.Callback(error, error == 0 ? (uint)write.Length : 0, write.Context);
        }
    }

    private bool TryWrite(in Write write)
    {
        try
        {
            var file = _segments.GetOrAdd(write.Segment, Open);
            for (var done = 0; done < write.Length; done += PieceBytes)
            {
                _files.WritePiece(file, write.Piece(done, Math.Min(PieceBytes, write.Length - done)), write.Destination + done);
                Thread.Yield();
            }

            _files.Flush(file); // all that it did not take is still in memory and is written again
            if (_failure is not null) WritesAgain(_logger);
            _failure = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _metrics.WriteFailed();
            if (_failure is null) CannotWrite(_logger, exception);
            _failure = exception;
            return false;
        }
    }

    private SafeFileHandle Open(int segment)
    {
        var path = GetSegmentFilename(FileName, segment);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            _files.SyncFolder(Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "The prediction log cannot be written; trying again. What its memory cannot hold meanwhile is lost")]
    private static partial void CannotWrite(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "The prediction log is written again")]
    private static partial void WritesAgain(ILogger logger);

    private readonly record struct Write(
        nint Source, int Segment, long Destination, int Length, DeviceIOCompletionCallback Callback, object Context)
    {
        public unsafe ReadOnlySpan<byte> Piece(int start, int length) => new((byte*)Source + start, length);
    }
}
