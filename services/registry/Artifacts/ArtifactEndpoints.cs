using Platform.Hosting.Access;
using Platform.Hosting.Artifacts;
using Platform.Hosting.OpenApi;

namespace Platform.Registry.Artifacts;

internal static class ArtifactEndpoints
{
    public static void MapArtifacts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/artifacts/{sha256}", Get)
            .RequirePermission(Permission.Observe).WithName("GetArtifact").WithSummary("A stored file by the SHA-256 of its content, as plain hex or sha256:….")
            .WithAnswer(StatusCodes.Status200OK, """{"type":"string","format":"binary"}""", "application/octet-stream").Refuses(ArtifactFile.NotFound("9f86d081…"));

    private static IResult Get(string sha256, IArtifactStore artifacts) =>
        ArtifactFile.Answer(artifacts, Digest.ToHex(sha256), "application/octet-stream", null);
}
