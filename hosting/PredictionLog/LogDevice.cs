using System.Collections.Concurrent;
using FASTER.core;
using Microsoft.Win32.SafeHandles;

namespace Platform.Hosting.PredictionLog;

/// <summary>
/// The files of the prediction log, written through to the disk by a thread of their own: a thread of the pool that waits for the
/// disk is missed by those who answer requests, and the pool wakes others in its place. The log has at most as much to write as
/// its memory holds.
/// </summary>
internal sealed class LogDevice : StorageDeviceBase
{
    private readonly IDevice _files;
    private readonly BlockingCollection<Write> _writes = [];
    private readonly ConcurrentDictionary<int, SafeFileHandle> _segments = [];
    private readonly Thread _writer;
    private bool _isDisposed;

    /// <param name="path">Path of the files but for their numbers.</param>
    public LogDevice(string path) : this(path, Devices.CreateLogDevice(path))
    {
    }

    private LogDevice(string path, IDevice files) : base(path, files.SectorSize, files.Capacity)
    {
        _files = files;
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "Prediction log" };
        _writer.Start();
    }

    public override void Initialize(long segmentSize, LightEpoch? epoch = null, bool omitSegmentIdFromFileName = false)
    {
        base.Initialize(segmentSize, epoch, omitSegmentIdFromFileName);
        _files.Initialize(segmentSize, epoch, omitSegmentIdFromFileName);
    }

    public override void WriteAsync(
        nint source, int segment, ulong destination, uint length, DeviceIOCompletionCallback callback, object context) =>
        _writes.Add(new Write(source, segment, (long)destination, (int)length, callback, context));

    public override void ReadAsync(
        int segment, ulong source, nint destination, uint length, DeviceIOCompletionCallback callback, object context) =>
        _files.ReadAsync(segment, source, destination, length, callback, context);

    public override long GetFileSize(int segment) => _files.GetFileSize(segment);

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result)
    {
        if (_segments.TryRemove(segment, out var handle)) handle.Dispose();
        _files.RemoveSegmentAsync(segment, callback, result);
    }

    public override void Reset() => _files.Reset();

    /// <summary>Ends when what it has been given is written.</summary>
    public override void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _writes.CompleteAdding();
        _writer.Join();
        _writes.Dispose();
        foreach (var handle in _segments.Values) handle.Dispose();
        _files.Dispose();
    }

    private void WriteAll()
    {
        foreach (var write in _writes.GetConsumingEnumerable())
        {
            var error = TryWrite(write);
            write.Callback(error, error == 0 ? (uint)write.Length : 0, write.Context);
        }
    }

    private unsafe uint TryWrite(in Write write)
    {
        try
        {
            var file = _segments.GetOrAdd(write.Segment, Open);
            RandomAccess.Write(file, new ReadOnlySpan<byte>((void*)write.Source, write.Length), write.Destination);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (uint)exception.HResult;
        }
    }

    private SafeFileHandle Open(int segment) => File.OpenHandle(
        GetSegmentFilename(FileName, segment), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.WriteThrough);

    private readonly record struct Write(
        nint Source, int Segment, long Destination, int Length, DeviceIOCompletionCallback Callback, object Context);
}
