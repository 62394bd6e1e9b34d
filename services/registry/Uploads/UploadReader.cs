using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Onnx.Bundles;
using Platform.Registry.Packing;

namespace Platform.Registry.Uploads;

/// <summary>Reads a multipart body part by part, straight to disk.</summary>
internal sealed class UploadReader(IArtifactStore artifacts, IOptions<UploadOptions> options)
{
    private readonly long _limit = options.Value.MaxModelBytes + options.Value.MaxMetadataBytes + options.Value.MaxReferenceBytes + MultipartForm.Overhead;

    /// <summary>
    /// Refuses a body that says itself to be larger than all parts may be together, or of another media type; null where it may come.
    /// </summary>
    public Error? Refuse(HttpRequest request)
    {
        if (request.ContentLength > _limit) return BadRequests.TooLarge(_limit);
        return MultipartForm.BoundaryOf(request) is null ? UploadErrors.NotMultipart : null;
    }

    /// <summary>Receives the parts of a body that may come.</summary>
    public async Task<Result<Upload>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var boundary = MultipartForm.BoundaryOf(request)!;
        AllowBody(request.HttpContext);
        var upload = new Upload();
        try
        {
            var error = await ReadPartsAsync(new MultipartReader(boundary, request.Body), upload, cancellationToken);
            if (error is null) return upload;
            upload.Dispose();
            return error;
        }
        catch (Exception exception)
        {
            upload.Dispose();
            if (exception is MalformedFormException) return UploadErrors.Malformed(exception.Message);
            throw;
        }
    }

    private async Task<Error?> ReadPartsAsync(MultipartReader reader, Upload upload, CancellationToken cancellationToken)
    {
        while (await MultipartForm.NextAsync(reader, cancellationToken) is { } section)
        {
            var (part, file) = MultipartForm.NamesOf(section);
            if (part == Upload.DataPart)
            {
                if (await ReadDataAsync(file, section.Body, upload, cancellationToken) is { } refusal) return refusal;
                continue;
            }

            if (part is not (Upload.ModelPart or Upload.MetadataPart or Upload.ReferencePart)) return UploadErrors.Unknown(part);
            if (upload.Has(part)) return UploadErrors.Duplicate(part);
            if (await ReadPartAsync(part, section.Body, upload, cancellationToken) is { } error) return error;
        }
        return upload.Has(Upload.ModelPart) ? null : UploadErrors.Missing(Upload.ModelPart);
    }

    private async Task<Error?> ReadPartAsync(string part, Stream body, Upload upload, CancellationToken cancellationToken)
    {
        try
        {
            upload.Add(part, await artifacts.StageAsync(new PartStream(body), LimitOf(part, upload), cancellationToken));
            return null;
        }
        catch (ArtifactTooLargeException)
        {
            return UploadErrors.TooLarge(part, MostOf(part));
        }
    }

    private async Task<Error?> ReadDataAsync(string? name, Stream body, Upload upload, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(name)) return UploadErrors.Nameless;
        if (upload.Data.Count == ModelBundle.MaxFiles) return UploadErrors.TooMany(ModelBundle.MaxFiles);
        try
        {
            var content = await artifacts.StageAsync(new PartStream(body), LimitOf(Upload.ModelPart, upload), cancellationToken);
            if (upload.TryAddData(BundleName.Plain(name), content)) return null;
            content.Dispose();
            return UploadErrors.DuplicateData(name);
        }
        catch (ArtifactTooLargeException)
        {
            return PackingErrors.TooLarge(options.Value.MaxModelBytes);
        }
    }

    /// <summary>The model and its data files share what they may have.</summary>
    private long LimitOf(string part, Upload upload) => part == Upload.ModelPart ? MostOf(part) - upload.ModelBytes : MostOf(part);

    private long MostOf(string part) => part switch
    {
        Upload.ModelPart => options.Value.MaxModelBytes,
        Upload.MetadataPart => options.Value.MaxMetadataBytes,
        _ => options.Value.MaxReferenceBytes,
    };

    /// <summary>The server's own limit is for bodies that are held in memory; the parts of this one have limits of their own.</summary>
    private void AllowBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = _limit;
    }
}
