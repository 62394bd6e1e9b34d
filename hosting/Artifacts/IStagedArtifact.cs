namespace Platform.Hosting.Artifacts;

/// <summary>A received file that is not an artifact yet. Disposing it leaves nothing behind unless it was kept.</summary>
public interface IStagedArtifact : IDisposable
{
    /// <summary>SHA-256 of the content, lower-case hex.</summary>
    string Sha256 { get; }

    /// <summary>Size of the content in bytes.</summary>
    long SizeBytes { get; }

    /// <summary>Where the content can be read until the artifact is kept or disposed of.</summary>
    string Path { get; }

    /// <summary>Makes the content an artifact, durably. Once it has, it says the same again: a change of a document that is tried again keeps it again.</summary>
    StoredArtifact Keep();
}
