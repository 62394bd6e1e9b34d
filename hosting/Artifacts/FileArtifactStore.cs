using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Artifacts;

/// <summary>
/// Artifacts as files named by their digest, <c>ab/abcd…</c>. A file is received under another name, synced and then renamed,
/// so that whatever has its final name is whole. One that is found damaged is no artifact any more: it is set aside in <c>damaged/</c> until
/// the same content is stored again. Several processes may share the folder.
/// </summary>
internal sealed partial class FileArtifactStore : IArtifactStore, IScrubbed
{
    private readonly string _damaged;
    private readonly CheckedFiles _checked;
    private readonly Lock _moving = new();
    private readonly ILogger _logger;
    private readonly string _folder;
    private readonly string _incoming;
    private readonly DurableFiles _files;

    public FileArtifactStore(string folder, DurableFiles files, TimeProvider time, ILogger logger)
    {
        (_damaged, _checked, _logger) = (Path.Combine(folder, "damaged"), new CheckedFiles(time), logger);
        _files = files;
        _folder = files.CreateFolder(folder);
        _incoming = files.CreateFolder(Path.Combine(folder, "incoming"));
        files.SyncFolder(_folder); // what is there already may be from a process that ended before its name was on the disk
        RemoveAbandoned();
    }

    public async Task<IStagedArtifact> StageAsync(Func<Stream, Task> write, long maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await StagedFile.FillAsync(Path.Combine(_incoming, Guid.NewGuid().ToString("n")), _files, write, maxBytes, Keep);
    }

    public string? FindPath(string sha256)
    {
        if (!Digest.IsSha256(sha256) || PathOf(sha256) is not { } path || !File.Exists(path)) return null;
        return IsWhole(path, sha256) || !TrySetAside(path, sha256) ? path : null;
    }

    /// <summary>Digests of the files that are damaged and were not stored again.</summary>
    public IReadOnlyList<string> Damaged => Directory.Exists(_damaged)
        ? [.. Directory.EnumerateFiles(_damaged).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <inheritdoc />
    public async Task<int> ScrubAsync(ScrubPace pace, CancellationToken cancellationToken)
    {
        var damaged = 0;
        foreach (var path in Directory.EnumerateDirectories(_folder).SelectMany(Directory.EnumerateFiles))
            if (Path.GetFileName(path) is var sha256 && Digest.IsSha256(sha256) && path == PathOf(sha256)
                && await ReadAsync(path, pace, cancellationToken) != sha256 && TrySetAside(path, sha256)) damaged++;
        return damaged;
    }

    private StoredArtifact Keep(StagedFile staged)
    {
        // Also in the place of one that is there: it may be damaged, or not be on the disk because its own upload failed at that.
        var path = PathOf(staged.Sha256);
        lock (_moving) Move(staged.Path, path);
        _checked.Forget(path);
        if (Directory.Exists(_damaged)) File.Delete(Path.Combine(_damaged, staged.Sha256)); // it is mended
        return new StoredArtifact(staged.Sha256, staged.SizeBytes, path);
    }

    private void Move(string from, string path)
    {
        var folder = _files.CreateFolder(Path.GetDirectoryName(path)!);
        _files.Rename(from, path);
        _files.SyncFolder(folder);
    }

    /// <summary>A file that cannot be read at all, as on a disk with a bad sector, is as good as damaged.</summary>
    private bool IsWhole(string path, string sha256)
    {
        try
        {
            return _checked.IsWhole(path, sha256);
        }
        catch (IOException exception)
        {
            CannotRead(_logger, exception, path);
            return false;
        }
    }

    /// <summary>The digest of a file; null when it cannot be read.</summary>
    private async Task<string?> ReadAsync(string path, ScrubPace pace, CancellationToken cancellationToken)
    {
        try
        {
            return await Digest.OfFileAsync(path, read => pace.PayAsync(read, cancellationToken));
        }
        catch (IOException exception)
        {
            CannotRead(_logger, exception, path);
            return null;
        }
    }

    /// <summary>Takes a damaged file out of the way; false when it has been stored again meanwhile.</summary>
    private bool TrySetAside(string path, string sha256)
    {
        lock (_moving)
        {
            _checked.Forget(path);
            try
            {
                if (IsWhole(path, sha256)) return false;
                Move(path, Path.Combine(_damaged, Path.GetFileName(path)));
                FoundDamaged(_logger, path, _damaged);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                CannotSetAside(_logger, exception, path); // somebody else has, or the disk takes nothing; it is not used either way
            }
            return true;
        }
    }

    private void RemoveAbandoned()
    {
        foreach (var path in Directory.EnumerateFiles(_incoming))
        {
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0)) File.Delete(path);
            }
            catch (IOException)
            {
                // Another process is receiving it.
            }
        }
    }

    private string PathOf(string sha256) => Path.Combine(_folder, sha256[..2], sha256);

    [LoggerMessage(LogLevel.Error, "The artifact {Path} does not have the content that its name tells. It was moved to {Damaged}; storing the same file again mends it")]
    private static partial void FoundDamaged(ILogger logger, string path, string damaged);

    [LoggerMessage(LogLevel.Error, "The artifact {Path} cannot be read")]
    private static partial void CannotRead(ILogger logger, Exception exception, string path);

    [LoggerMessage(LogLevel.Error, "The artifact {Path} is damaged and could not be set aside")]
    private static partial void CannotSetAside(ILogger logger, Exception exception, string path);
}
