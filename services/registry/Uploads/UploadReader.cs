using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Onnx.Bundles;
using Platform.Registry.Packing;

namespace Platform.Registry.Uploads;

/// <summary>Reads a multipart body part by part, straight to disk.</summary>
internal sealed class UploadReader(IArtifactStore artifacts, IOptions<UploadOptions> options)
{
    // Boundaries, headers and what a client may put around the parts.
    private const long Overhead = 1 << 20;
    private const int MaxBoundaryLength = 200;

    private readonly long _limit = options.Value.MaxModelBytes + options.Value.MaxMetadataBytes + options.Value.MaxReferenceBytes + Overhead;

    /// <summary>
    /// Refuses a body that says itself to be larger than all parts may be together, or of another media type; null where it may come.
    /// </summary>
    public Error? Refuse(HttpRequest request)
    {
        if (request.ContentLength > _limit) return BadRequests.TooLarge(_limit);
        return BoundaryOf(request) is null ? UploadErrors.NotMultipart : null;
    }

    /// <summary>Receives the parts of a body that may come.</summary>
    public async Task<Result<Upload>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var boundary = BoundaryOf(request)!;
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
            if (exception is MalformedBodyException) return UploadErrors.Malformed(exception.Message);
            throw;
        }
    }

    private async Task<Error?> ReadPartsAsync(MultipartReader reader, Upload upload, CancellationToken cancellationToken)
    {
        while (await NextAsync(reader, cancellationToken) is { } section)
        {
            var part = NameOf(section);
            if (part == Upload.DataPart)
            {
                if (await ReadDataAsync(FileNameOf(section), section.Body, upload, cancellationToken) is { } refusal) return refusal;
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

    private static Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken) =>
        MalformedBodyException.WatchAsync(() => new ValueTask<MultipartSection?>(reader.ReadNextSectionAsync(cancellationToken)));

    private static string? NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.Name.HasValue
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : null;

    private static string? FileNameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return null;
        return HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
    }

    private static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxBoundaryLength ? boundary : null;
    }
}
