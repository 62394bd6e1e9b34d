using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Documents;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Artifacts;

/// <summary>
/// Uploads in parts, which may come in any order and at once. The parts lie in a folder of the upload's own; completing it puts them together to
/// one artifact. What nobody completes is removed when the next upload begins after its time.
/// </summary>
internal sealed class MultipartUploads(
    [FromKeyedServices(RegistryService.Name)] IDocumentStore documents, ArtifactProxy proxy, IOptions<StorageOptions> storage,
    IOptions<ArtifactOptions> options, TimeProvider time)
{
    private const string Collection = "mlflow-uploads";
    private const int MaxParts = 10_000;

    private string Root => storage.Value.PathOf("mlflow-uploads");

    /// <summary>Begins an upload; answers its id, and how many parts it has.</summary>
    public async Task<(string Id, int Parts)> CreateAsync(string folder, CreateUpload request, CancellationToken cancellationToken)
    {
        var path = TargetOf(folder, request.Path);
        var count = request.NumParts ?? 1;
        if (count is < 1 or > MaxParts) throw MLflowRequest.Wrong("num_parts", $"{count}", $"It must be 1 to {MaxParts}.");
        await SweepAsync(cancellationToken);
        var id = Guid.NewGuid().ToString("n");
        Directory.CreateDirectory(Path.Combine(Root, id));
        await documents.CommitAsync(new DocumentBatch().Put(Collection, id, new StoredUpload(path, (int)count, false), expectedRevision: 0), cancellationToken);
        return (id, (int)count);
    }

    /// <summary>Stores a part; answers its entity tag.</summary>
    public async Task<string> PutPartAsync(string id, int number, HttpContext context)
    {
        var upload = await FindAsync(id, context.RequestAborted);
        if (upload.Value.IsCompleted) throw MLflowException.Conflict($"The upload '{id}' has been completed.");
        if (number < 1 || number > upload.Value.Parts) throw MLflowException.Invalid($"The upload '{id}' has the parts 1 to {upload.Value.Parts}.");
        using var staged = await proxy.ReceiveAsync(context);
        File.Copy(staged.Path, PartPath(id, number, staged.Sha256), overwrite: true);
        return $"\"{staged.Sha256}\"";
    }

    public async Task CompleteAsync(string folder, CompleteUpload request, CancellationToken cancellationToken)
    {
        var id = MLflowRequest.Required(request.UploadId, "upload_id");
        var upload = await FindAsync(id, cancellationToken);
        if (TargetOf(folder, request.Path) != upload.Value.Path) throw MLflowException.Invalid($"The upload '{id}' is of '{upload.Value.Path}'.");
        if (upload.Value.IsCompleted) return; // the client did not hear the answer
        var parts = PartsOf(id, upload.Value, request.Parts ?? []);
        using var staged = await proxy.StageAsync(target => CopyAsync(parts, target, cancellationToken), cancellationToken);
        await proxy.StoreAsync(upload.Value.Path, staged, cancellationToken);
        await documents.CommitAsync(
            new DocumentBatch().Put(Collection, id, upload.Value with { IsCompleted = true }, expectedRevision: null), cancellationToken);
        foreach (var part in parts) File.Delete(part);
    }

    public async Task AbortAsync(string folder, CompleteUpload request, CancellationToken cancellationToken)
    {
        var id = MLflowRequest.Required(request.UploadId, "upload_id");
        var upload = await FindAsync(id, cancellationToken);
        if (TargetOf(folder, request.Path) != upload.Value.Path) throw MLflowException.Invalid($"The upload '{id}' is of '{upload.Value.Path}'.");
        await RemoveAsync(id, cancellationToken);
    }

    private List<string> PartsOf(string id, StoredUpload upload, IReadOnlyList<UploadPart> parts)
    {
        var numbers = parts.Select(part => (int)(part.PartNumber ?? 0)).ToList();
        if (!numbers.Order().SequenceEqual(Enumerable.Range(1, upload.Parts)))
            throw MLflowException.Invalid($"The upload '{id}' needs its parts 1 to {upload.Parts}, each once.");
        return [.. parts.OrderBy(part => part.PartNumber).Select(part =>
        {
            var tag = (part.Etag ?? "").Trim('"');
            var path = tag.All(char.IsAsciiHexDigitLower) && tag.Length == 64 ? PartPath(id, (int)part.PartNumber!, tag) : "";
            // An answer was given for it before it was on the disk, which may have lost it since.
            return File.Exists(path) && Digest.OfFile(path, CancellationToken.None) == tag ? path : throw MLflowException.Invalid($"Part {part.PartNumber} of the upload '{id}' with the etag '{tag}' is not here.");
        })];
    }

    private static async Task CopyAsync(List<string> parts, Stream target, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            await using var content = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await content.CopyToAsync(target, 128 << 10, cancellationToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().UtcDateTime - options.Value.UploadLifetime;
        var open = 0;
        foreach (var folder in new DirectoryInfo(Directory.CreateDirectory(Root).FullName).EnumerateDirectories())
            if (folder.LastWriteTimeUtc < before) await RemoveAsync(folder.Name, cancellationToken);
            else if (folder.EnumerateFiles().Any()) open++;
        if (open >= options.Value.MaxUploads)
            throw MLflowException.Conflict($"{open} uploads in parts are under way, as many as may be; complete or abort one.");
    }

    private async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await documents.CommitAsync(new DocumentBatch().Delete(Collection, id), cancellationToken);
        Directory.Delete(Path.Combine(Root, id), recursive: true);
    }

    private async Task<Document<StoredUpload>> FindAsync(string id, CancellationToken cancellationToken) =>
        await documents.GetAsync<StoredUpload>(Collection, id, cancellationToken)
        ?? throw MLflowException.NotFound($"There is no upload '{id}' here.");

    private static string TargetOf(string folder, string? path) =>
        ArtifactPath.CheckFile(ArtifactPath.Join(ArtifactPath.Check(folder), ArtifactPath.NameOf(MLflowRequest.Required(path, "path"))));

    // The id is that of a document that is there, and so one of ours.
    private string PartPath(string id, int number, string sha256) =>
        Path.Combine(Root, id, string.Create(CultureInfo.InvariantCulture, $"{number:d5}-{sha256}"));

    private sealed record StoredUpload(string Path, int Parts, bool IsCompleted);
}
