using System.Security.Cryptography;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Artifacts;

/// <summary>A received file in the store's <c>incoming</c> folder.</summary>
internal sealed class StagedFile : IStagedArtifact
{
    private const int BufferSize = 128 << 10;

    private readonly FileStream _file;
    private readonly Func<StagedFile, StoredArtifact> _keep;

    private StagedFile(FileStream file, Func<StagedFile, StoredArtifact> keep) => (_file, _keep) = (file, keep);

    public string Path => _file.Name;

    public string Sha256 { get; private set; } = "";

    public long SizeBytes { get; private set; }

    public static async Task<StagedFile> ReceiveAsync(
        Stream content, string path, long maxBytes, Func<StagedFile, StoredArtifact> keep, CancellationToken cancellationToken)
    {
        // Open until it is disposed of, with a lock that others may read under: that is how RemoveAbandoned knows that it is in use.
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 0, FileOptions.Asynchronous);
        var staged = new StagedFile(file, keep);
        try
        {
            await staged.ReceiveAsync(content, maxBytes, cancellationToken);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public StoredArtifact Keep() => _keep(this);

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Path); // not there any more when it was kept
    }

    private async Task ReceiveAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        while (await content.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            SizeBytes += count;
            if (SizeBytes > maxBytes) throw new ArtifactTooLargeException(maxBytes);
            hash.AppendData(buffer, 0, count);
            await _file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
        _file.Flush(flushToDisk: true);
        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
