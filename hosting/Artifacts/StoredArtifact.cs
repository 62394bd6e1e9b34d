namespace Platform.Hosting.Artifacts;

/// <summary>A stored artifact.</summary>
public sealed record StoredArtifact(string Sha256, long SizeBytes, string Path);
