namespace Platform.Hosting.Artifacts;

/// <summary>Files by the SHA-256 of their content (lower-case hex, 64 digits): written once, never changed.</summary>
public interface IArtifactStore
{
    /// <summary>
    /// Stores a stream of at most <paramref name="maxBytes"/> bytes.
    /// Throws <see cref="ArtifactTooLargeException"/> beyond that; nothing is left behind.
    /// </summary>
    Task<StoredArtifact> PutAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>The path of a local file with exactly that content, or null when the artifact is not here.</summary>
    string? FindPath(string sha256);

    /// <summary>Removes an artifact if it exists.</summary>
    void Delete(string sha256);
}

/// <summary>A stored artifact.</summary>
public sealed record StoredArtifact(string Sha256, long SizeBytes, string Path);

/// <summary>The content was larger than allowed.</summary>
public sealed class ArtifactTooLargeException(long maxBytes)
    : IOException($"The content is larger than the {maxBytes} bytes allowed.")
{
    /// <summary>The limit.</summary>
    public long MaxBytes { get; } = maxBytes;
}
