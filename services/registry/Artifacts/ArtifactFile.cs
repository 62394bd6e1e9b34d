using Microsoft.Net.Http.Headers;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;

namespace Platform.Registry.Artifacts;

/// <summary>Artifacts over HTTP. Their content never changes, so the digest is the entity tag.</summary>
internal static class ArtifactFile
{
    public static Error NotFound(string sha256) =>
        new(StatusCodes.Status404NotFound, "registry.artifact_not_found", $"There is no artifact '{sha256}' here.");

    public static IResult Answer(IArtifactStore artifacts, string sha256, string contentType, string? fileName) =>
        artifacts.FindPath(sha256) is { } path
            ? new Unsniffed(TypedResults.PhysicalFile(path, contentType, fileName, entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true))
            : Problems.From(NotFound(sha256));

    /// <summary>Somebody else made the content: a browser is not to take it for a page or a script, whatever it looks like.</summary>
    private sealed class Unsniffed(IResult file) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return file.ExecuteAsync(context);
        }
    }
}
