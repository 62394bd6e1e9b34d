namespace Platform.Hosting.Artifacts;

/// <summary>Storing what can be read from a stream.</summary>
public static class ArtifactContent
{
    private const int BufferSize = 128 << 10;

    /// <summary>Receives a stream of at most <paramref name="maxBytes"/> bytes, to be looked at before it is kept.</summary>
    public static Task<IStagedArtifact> StageAsync(
        this IArtifactStore artifacts, Stream content, long maxBytes, CancellationToken cancellationToken) =>
        artifacts.StageAsync(file => content.CopyToAsync(file, BufferSize, cancellationToken), maxBytes, cancellationToken);

    /// <summary>
    /// Stores a stream of at most <paramref name="maxBytes"/> bytes.
    /// Throws <see cref="ArtifactTooLargeException"/> beyond that; nothing is left behind.
    /// </summary>
    public static async Task<StoredArtifact> PutAsync(
        this IArtifactStore artifacts, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        using var staged = await artifacts.StageAsync(content, maxBytes, cancellationToken);
        return staged.Keep();
    }
}
