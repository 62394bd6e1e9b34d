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
        _folder = Directory.CreateDirectory(folder).FullName;
        _incoming = Directory.CreateDirectory(Path.Combine(folder, "incoming")).FullName;
        _files = files;
        RemoveAbandoned();
    }

    public async Task<IStagedArtifact> StageAsync(Func<Stream, Task> write, long maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await StagedFile.FillAsync(Path.Combine(_incoming, Guid.NewGuid().ToString("n")), write, maxBytes, Keep);
    }

    public string? FindPath(string sha256) =>
        Digest.IsSha256(sha256) && File.Exists(PathOf(sha256)) ? PathOf(sha256) : null;

    private StoredArtifact Keep(StagedFile staged)
    {
        var path = PathOf(staged.Sha256);
        if (!File.Exists(path)) Move(staged.Path, path);
        return new StoredArtifact(staged.Sha256, staged.SizeBytes, path);
    }

    private void Move(string from, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            _files.SyncFolder(_folder);
        }
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
