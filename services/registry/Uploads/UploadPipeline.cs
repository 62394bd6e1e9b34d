using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Access;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Onnx.Pipelines;
using Platform.Registry.Models;
using Platform.Registry.Pipelines;

namespace Platform.Registry.Uploads;

/// <summary>Makes a version of a pipeline: its document is the file, and from there on it goes the way of every upload.</summary>
internal sealed class UploadPipeline(
    ModelStore models, PipelineComposer composer, IArtifactStore artifacts, UploadVersion versions, IOptions<UploadOptions> options)
{
    public async Task<Result<ModelVersionDescription>> HandleAsync(string model, HttpContext context, CancellationToken cancellationToken)
    {
        var known = await models.FindAsync(model, cancellationToken);
        if (known.Error is { } unknown) return unknown;
        var read = await ReadAsync(context.Request, cancellationToken);
        if (!read.Succeeded(out var request, out var error)) return error;
        var composed = await composer.ComposeAsync(request, context.GetCaller(), cancellationToken);
        if (!composed.Succeeded(out var pipeline, out error)) return error;
        using var upload = new Upload();
        return await StageAsync(upload, request, pipeline, cancellationToken) is { } tooLarge
            ? tooLarge
            : await versions.CheckAsync(model, upload, pipeline, context.GetActor(), cancellationToken);
    }

    private static async Task<Result<PipelineRequest>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            var json = PipelineBody.WithoutMark(body.GetBuffer().AsMemory(0, (int)body.Length));
            // Before it becomes objects, which take many times as much.
            if (PipelineBody.DocumentBytes(json.Span) > PipelineDocument.MaxBytes) return UploadErrors.TooLarge(Upload.ModelPart, PipelineDocument.MaxBytes);
            return JsonSerializer.Deserialize<PipelineRequest>(json.Span, PlatformJson.Strict) is { } pipeline
                ? pipeline
                : Problems.Invalid("The body must be a pipeline, a JSON object, not null.");
        }
        catch (JsonException exception)
        {
            return JsonProblems.Describe(exception);
        }
    }

    private async Task<Error?> StageAsync(Upload upload, PipelineRequest request, ComposedPipeline pipeline, CancellationToken cancellationToken) =>
        await StageAsync(upload, Upload.ModelPart, pipeline.Document.ToBytes(), PipelineDocument.MaxBytes, cancellationToken)
        ?? await StageAsync(upload, Upload.MetadataPart, Raw(request.Metadata), options.Value.MaxMetadataBytes, cancellationToken)
        ?? await StageAsync(upload, Upload.ReferencePart, Raw(request.Reference), options.Value.MaxReferenceBytes, cancellationToken);

    private async Task<Error?> StageAsync(Upload upload, string part, ReadOnlyMemory<byte>? content, long maxBytes, CancellationToken cancellationToken)
    {
        if (content is not { } bytes) return null;
        if (bytes.Length > maxBytes) return UploadErrors.TooLarge(part, maxBytes);
        upload.Add(part, await artifacts.StageAsync(target => target.WriteAsync(bytes, cancellationToken).AsTask(), maxBytes, cancellationToken));
        return null;
    }

    private static ReadOnlyMemory<byte>? Raw(JsonElement? value) => value is { } given ? JsonMarshal.GetRawUtf8Value(given).ToArray() : default(ReadOnlyMemory<byte>?);
}
