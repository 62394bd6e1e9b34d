using Platform.Hosting.Storage;

namespace Platform.Hosting.Artifacts;

/// <summary>
/// Artifacts as files named by their digest, <c>ab/abcd…</c>. A file is received under another name, synced and then renamed,
/// so that whatever has its final name is whole. Several processes may share the folder.
/// </summary>
internal sealed class FileArtifactStore : IArtifactStore
{
    private readonly string _folder;
    private readonly string _incoming;
    private readonly DurableFiles _files;

    public FileArtifactStore(string folder, DurableFiles files)
    {
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

    public string? FindPath(string sha256) =>
        Digest.IsSha256(sha256) && File.Exists(PathOf(sha256)) ? PathOf(sha256) : null;

    private StoredArtifact Keep(StagedFile staged)
    {
        // Also in the place of one that is there: it may be damaged, or not be on the disk because its own upload failed at that.
        var path = PathOf(staged.Sha256);
        Move(staged.Path, path);
        return new StoredArtifact(staged.Sha256, staged.SizeBytes, path);
    }

    private void Move(string from, string path)
    {
        var folder = _files.CreateFolder(Path.GetDirectoryName(path)!);
        _files.Rename(from, path);
        _files.SyncFolder(folder);
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
}
