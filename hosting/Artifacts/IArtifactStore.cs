namespace Platform.Hosting.Artifacts;

/// <summary>Files by the SHA-256 of their content (lower-case hex, 64 digits): written once, never changed.</summary>
public interface IArtifactStore
{
    /// <summary>
    /// Stores a stream of at most <paramref name="maxBytes"/> bytes.
    /// Throws <see cref="ArtifactTooLargeException"/> beyond that; nothing is left behind.
    /// </summary>
    Task<StoredArtifact> PutAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Receives a stream of at most <paramref name="maxBytes"/> bytes beside the store: its content can be looked at before
    /// <see cref="IStagedArtifact.Keep"/> makes it an artifact. Throws <see cref="ArtifactTooLargeException"/> beyond the limit.
    /// </summary>
    Task<IStagedArtifact> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>The path of a local file with exactly that content, or null when the artifact is not here.</summary>
    string? FindPath(string sha256);
}

/// <summary>A received file that is not an artifact yet. Disposing it leaves nothing behind unless it was kept.</summary>
public interface IStagedArtifact : IDisposable
{
    /// <summary>SHA-256 of the content, lower-case hex.</summary>
    string Sha256 { get; }

    /// <summary>Size of the content in bytes.</summary>
    long SizeBytes { get; }

    /// <summary>Where the content can be read until the artifact is kept or disposed of.</summary>
    string Path { get; }

    /// <summary>Makes the content an artifact, durably.</summary>
    StoredArtifact Keep();
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
