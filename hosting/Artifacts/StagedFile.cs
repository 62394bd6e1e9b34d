using Platform.Hosting.Storage;

namespace Platform.Hosting.Artifacts;

/// <summary>A received file in the store's <c>incoming</c> folder.</summary>
internal sealed class StagedFile : IStagedArtifact
{
    private readonly FileStream _file;
    private readonly DurableFiles _files;
    private readonly Func<StagedFile, StoredArtifact> _keep;
    private StoredArtifact? _kept;

    private StagedFile(FileStream file, DurableFiles files, Func<StagedFile, StoredArtifact> keep) =>
        (_file, _files, _keep) = (file, files, keep);

    public string Path => _file.Name;

    public string Sha256 { get; private set; } = "";

    public long SizeBytes { get; private set; }

    public static async Task<StagedFile> FillAsync(
        string path, DurableFiles files, Func<Stream, Task> write, long maxBytes, Func<StagedFile, StoredArtifact> keep)
    {
        // Open until it is disposed of, with a lock that others may read under: that is how the store knows that it is in use.
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 0, FileOptions.Asynchronous);
        var staged = new StagedFile(file, files, keep);
        try
        {
            await staged.FillAsync(write, maxBytes);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public StoredArtifact Keep() => _kept ??= _keep(this);

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Path); // not there any more when it was kept
    }

    private async Task FillAsync(Func<Stream, Task> write, long maxBytes)
    {
        await using var content = new HashingStream(_file, maxBytes);
        await write(content);
        _files.Flush(_file.SafeFileHandle);
        (Sha256, SizeBytes) = (content.Sha256(), content.Length);
    }
}
