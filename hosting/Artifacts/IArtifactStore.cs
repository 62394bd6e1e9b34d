namespace Platform.Hosting.Artifacts;

/// <summary>Files by the SHA-256 of their content (lower-case hex, 64 digits): written once, never changed.</summary>
public interface IArtifactStore
{
    /// <summary>
    /// Lets <paramref name="write"/> fill a file of at most <paramref name="maxBytes"/> bytes beside the store: it can be looked
    /// at before <see cref="IStagedArtifact.Keep"/> makes it an artifact. Throws <see cref="ArtifactTooLargeException"/> beyond the
    /// limit, and whatever <paramref name="write"/> throws; nothing is left behind then.
    /// </summary>
    Task<IStagedArtifact> StageAsync(Func<Stream, Task> write, long maxBytes, CancellationToken cancellationToken);

    /// <summary>The path of a local file with exactly that content, which was looked at; null when there is none here, or it is damaged.</summary>
    string? FindPath(string sha256);
}
