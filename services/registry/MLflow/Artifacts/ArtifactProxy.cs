using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Artifacts;

/// <summary>Takes files in and gives them out, in constant memory.</summary>
internal sealed class ArtifactProxy(ArtifactTree tree, IArtifactStore store, IOptions<ArtifactOptions> options)
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public async Task<IResult> UploadAsync(HttpContext context, string path)
    {
        path = ArtifactPath.CheckFile(path);
        using var staged = await ReceiveAsync(context);
        await StoreAsync(path, staged, context.RequestAborted);
        return Results.Json(MLflowRoutes.Nothing, MLflowJson.Options);
    }

    /// <summary>Receives a body of at most the allowed size, beside the store.</summary>
    public async Task<IStagedArtifact> ReceiveAsync(HttpContext context)
    {
        var limit = options.Value.MaxFileBytes;
        if (context.Request.ContentLength > limit) throw TooLarge(limit);
        // The server's own limit is for bodies that are held in memory.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = null;
        return await StageAsync(target => context.Request.Body.CopyToAsync(target, 128 << 10, context.RequestAborted), context.RequestAborted);
    }

    /// <summary>Lets <paramref name="write"/> fill a file of at most the allowed size, beside the store.</summary>
    public async Task<IStagedArtifact> StageAsync(Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            return await store.StageAsync(write, options.Value.MaxFileBytes, cancellationToken);
        }
        catch (ArtifactTooLargeException exception)
        {
            throw TooLarge(exception.MaxBytes);
        }
    }

    public Task StoreAsync(string path, IStagedArtifact staged, CancellationToken cancellationToken)
    {
        staged.Keep();
        return tree.PutAsync(path, staged.Sha256, staged.SizeBytes, cancellationToken);
    }

    public async Task<IResult> DownloadAsync(HttpContext context, string path)
    {
        path = ArtifactPath.CheckFile(path);
        if (await tree.FindAsync(path, context.RequestAborted) is not { IsDir: false } entry || store.FindPath(entry.Sha256!) is not { } file)
            throw MLflowException.NotFound($"There is no artifact '{path}' here.");
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        return TypedResults.PhysicalFile(file, type, ArtifactPath.NameOf(path),
            entityTag: new EntityTagHeaderValue($"\"{entry.Sha256}\""), enableRangeProcessing: true);
    }

    private static MLflowException TooLarge(long limit) => MLflowException.Invalid($"{BadRequests.TooLarge(limit).Detail}");
}
