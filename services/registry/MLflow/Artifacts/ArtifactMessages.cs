namespace Platform.Registry.MLflow.Artifacts;

internal sealed record CreateUpload(string? Path, long? NumParts);

internal sealed record CompleteUpload(string? Path, string? UploadId, IReadOnlyList<UploadPart>? Parts);

internal sealed record UploadPart(long? PartNumber, string? Etag, string? Url);

internal sealed record CreatedUpload(string UploadId, IReadOnlyList<UploadCredential> Credentials);

internal sealed record UploadCredential(string Url, int PartNumber, IReadOnlyDictionary<string, string> Headers);

internal sealed record FileView(string Path, bool IsDir, long? FileSize);

internal sealed record FilesAnswer(string? RootUri, IReadOnlyList<FileView>? Files);

internal sealed record PresignedUrl(string Url, IReadOnlyDictionary<string, string> Headers, long? FileSize);

internal sealed record ListRunArtifacts(string? RunId, string? RunUuid, string? Path);

internal sealed record ListModelArtifacts(string? ModelId, string? ArtifactDirectoryPath);

internal sealed record PresignArtifact(string? RunId, string? ModelId, string? Path, long? Expiration);

internal sealed record PresignedArtifact(string PresignedUrl, IReadOnlyDictionary<string, string> Headers, long? FileSize);
