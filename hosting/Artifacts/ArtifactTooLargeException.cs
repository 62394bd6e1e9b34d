namespace Platform.Hosting.Artifacts;

/// <summary>The content was larger than allowed.</summary>
public sealed class ArtifactTooLargeException(long maxBytes)
    : IOException($"The content is larger than the {maxBytes} bytes allowed.")
{
    /// <summary>The limit.</summary>
    public long MaxBytes { get; } = maxBytes;
}
