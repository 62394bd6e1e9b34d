using FASTER.core;
using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>
/// Keeps the commits of the prediction log. FasterLog's own manager takes a commit for done when its file could not be written, and
/// removes the one before. This one has two files that it writes in turn, so that the last commit stays until the next one was brought to
/// the disk and read back; one that fails is written again until it succeeds, and meanwhile nothing counts as committed.
/// </summary>
internal sealed partial class LogCommits : ILogCommitManager
{
    private readonly string _log;
    private readonly LogCommit? _recovered;
    private readonly PredictionLogOptions _options;
    private readonly DurableFiles _files;
    private readonly PredictionLogMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _closing = new();
    private volatile Exception? _failure;
    private CommitFile? _last;
    private CommitFile? _next;
    private IReadOnlyList<string> _surplus;

    /// <param name="log">The folder of the log.</param>
    /// <param name="last">The file of the last commit that can be read, which stays.</param>
    /// <param name="recovered">What FasterLog is told of the last commit.</param>
    /// <param name="options">Sizes that are written down with each commit.</param>
    /// <param name="files">What brings them to the disk.</param>
    /// <param name="metrics">Where failures are counted.</param>
    /// <param name="logger">Where failures are reported.</param>
    public LogCommits(string log, string? last, LogCommit? recovered, PredictionLogOptions options, DurableFiles files,
        PredictionLogMetrics metrics, ILogger logger)
    {
        (_log, _recovered, _options, _files, _metrics, _logger) = (log, recovered, options, files, metrics, logger);
        files.CreateFolder(CommitFiles.FolderOf(log));
        var others = CommitFiles.All(log).Where(path => path != last).ToList();
        _last = last is null ? null : Open(last, FileMode.Open);
        _next = others.Count == 0 ? null : Open(others[0], FileMode.Open);
        _surplus = [.. others.Skip(1)];
    }

    /// <summary>Why nothing can be committed at present; null while commits succeed.</summary>
    public Exception? Failure => _failure;

    /// <inheritdoc />
    /// <remarks>Returns without a commit, and with a <see cref="Failure"/>, only when it fails while the log is closed.</remarks>
    public void Commit(long beginAddress, long untilAddress, byte[] commitMetadata, long commitNum, bool forceWriteMetadata)
    {
        while (!TryWrite(commitMetadata, commitNum) && !_closing.Wait(_options.RetryInterval)) continue;
    }

    /// <inheritdoc />
    public IEnumerable<long> ListCommits() => _recovered is null ? [] : [_recovered.Info.CommitNum];

    /// <inheritdoc />
    public byte[] GetCommitMetadata(long commitNum) => _recovered!.Info.ToByteArray();

    /// <inheritdoc />
    public void OnRecovery(long commitNum)
    {
        // What is older is overwritten in its turn.
    }

    /// <inheritdoc />
    public void RemoveCommit(long commitNum) => throw new NotSupportedException("Commits are overwritten in turn.");

    /// <inheritdoc />
    public void RemoveAllCommits() => throw new NotSupportedException("Commits are overwritten in turn.");

    /// <summary>Lets a commit that fails give up. To be called before FasterLog is disposed of.</summary>
    public void Close() => _closing.Set();

    public void Dispose()
    {
        _last?.Handle.Dispose();
        _next?.Handle.Dispose();
        _closing.Dispose();
    }

    private bool TryWrite(byte[] account, long number)
    {
        try
        {
            Write(CommitContent.Write(account, _options), number);
            if (_failure is not null) CommitsAgain(_logger);
            _failure = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _metrics.WriteFailed();
            if (_failure is null) CannotCommit(_logger, exception);
            _failure = exception;
            return false;
        }
    }

    private void Write(byte[] content, long number)
    {
        var file = _next ??= Create(number);
        _files.Append(file.Handle, content, 0);
        if (RandomAccess.GetLength(file.Handle) > content.Length) _files.Truncate(file.Handle, content.Length);
        _files.Flush(file.Handle);
        Verify(file, content);
        var path = CommitFiles.PathOf(_log, number);
        if (path != file.Path && path != _last?.Path) // the number inside counts, and a name that is taken stays with its file
        {
            _files.Rename(file.Path, path);
            _next = file = file with { Path = path };
        }
        foreach (var surplus in _surplus.Where(surplus => surplus != path)) _files.Delete(surplus);
        _surplus = [];
        (_last, _next) = (file, _last); // not before all else has succeeded: what fails is written again to the same file
    }

    private static void Verify(CommitFile file, byte[] content)
    {
        var read = new byte[content.Length];
        if (RandomAccess.Read(file.Handle, read, 0) != read.Length || !read.AsSpan().SequenceEqual(content))
            throw new IOException($"'{file.Path}' does not hold what was written to it.");
    }

    private CommitFile Create(long number)
    {
        var isTaken = CommitFiles.PathOf(_log, number) == _last?.Path;
        var file = Open(CommitFiles.PathOf(_log, isTaken ? number + 1 : number), FileMode.Create);
        try
        {
            _files.SyncFolder(CommitFiles.FolderOf(_log));
            return file;
        }
        catch
        {
            file.Handle.Dispose();
            _files.Delete(file.Path); // not taken for one whose name is on the disk the next time
            throw;
        }
    }

    private static CommitFile Open(string path, FileMode mode) =>
        new(path, File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    [LoggerMessage(LogLevel.Error, "The prediction log cannot be committed; trying again. What its memory cannot hold meanwhile is lost")]
    private static partial void CannotCommit(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "The prediction log is committed again")]
    private static partial void CommitsAgain(ILogger logger);

    private sealed record CommitFile(string Path, SafeFileHandle Handle);
}
