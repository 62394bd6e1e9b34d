using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Registry.Artifacts;
using Platform.Registry.Models;

namespace Platform.Registry.Versions;

internal static class VersionEndpoints
{
    public const string VersionExample = """
        {"model":"credit","version":"1","status":"ready","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         "sizeBytes":18737,"createdAt":"2026-01-15T09:30:00Z","createdBy":"ann","aliases":["champion"],
         "signature":{"inputs":[{"name":"input","datatype":"FP32","shape":[-1,20]}],
         "outputs":[{"name":"probabilities","datatype":"FP32","shape":[-1,2]}]},
         "opset":17,"producer":"pytorch 2.4","metadata":{"metrics":{"accuracy":0.756},"task":"binary_classification","classes":["good","bad"]},
         "reference":{"rows":250,"digest":"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
         "rowsDigest":"sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9","predictionsDigest":null}}
        """;

    private const string ListExample = $$"""{"items":[{{VersionExample}}],"next":null}""";

    private const string LineageExample = """
        {"model":"credit","version":"1","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","producer":"pytorch 2.4",
         "createdAt":"2026-01-15T09:30:00Z","createdBy":"ann",
         "dataset":{"name":"credit-g","digest":"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
         "source":"Statlog (German Credit Data)"},"code":{"repository":"https://example.org/credit","commit":"3b18e512"},"run":"seed-7",
         "params":{"lr":"0.003"},"metrics":{"accuracy":0.756},"reference":null,"aliases":["champion"]}
        """;

    public static IServiceCollection AddVersions(this IServiceCollection services) => 
        services.AddSingleton<VersionStore>().AddSingleton<ChangeVersion>().AddSingleton<DeleteModel>().AddSingleton<RenameModel>();

    public static void MapVersions(this IEndpointRouteBuilder routes)
    {
        // Its path is that of the upload, and so is the name of its parameter.
        routes.MapGet("/models/{name}/versions", ListAsync)
            .RequirePermissionOn("name", Permission.Observe).WithName("ListVersions").WithSummary("Lists the versions of a model in the order of their numbers.")
            .WithDescription("In pages, the first version first: pass next as after, until it is null.")
            .Produces<Page<ModelVersionDescription>>().Refuses(ModelErrors.NotFound("credit"))
            .WithResponseExample(StatusCodes.Status200OK, ListExample);

        var version = routes.MapGroup("/models/{model}/versions/{version}");
        version.MapGet("", GetAsync)
            .RequirePermission(Permission.Observe).WithName("GetVersion").WithSummary("Describes a version, by number or alias.")
            .Produces<ModelVersionDescription>().Refuses(NotFound).WithResponseExample(StatusCodes.Status200OK, VersionExample);

        version.MapGet("/artifact", GetArtifactAsync)
            .RequirePermission(Permission.Observe).WithName("GetVersionArtifact").WithSummary("The model file.")
            .WithDescription("The ONNX file as it was uploaded, the document of a pipeline, or a tar archive of an ONNX file and its data files; its SHA-256 is in the version.")
            .WithAnswer(StatusCodes.Status200OK, """{"type":"string","format":"binary"}""", "application/octet-stream").Refuses(NotFound);

        version.MapGet("/lineage", GetLineageAsync)
            .RequirePermission(Permission.Observe).WithName("GetVersionLineage").WithSummary("Where a version comes from: data, code, run, parameters, metrics.")
            .Produces<Lineage>().Refuses(NotFound).WithResponseExample(StatusCodes.Status200OK, LineageExample);

        version.MapGet("/reference", GetReferenceAsync)
            .RequirePermission(Permission.Observe).WithName("GetVersionReference").WithSummary("The reference dataset as it was uploaded.")
            .WithAnswer(StatusCodes.Status200OK, """{"type":"string","description":"Where CSV was uploaded."}""", "text/csv")
            .WithAnswer(StatusCodes.Status200OK, """{"type":"array","items":{"type":"object","additionalProperties":{}}}""")
            .Refuses([.. NotFound, VersionErrors.NoReference("credit", "1")])
            .WithResponseExample(StatusCodes.Status200OK, """[{"age":44,"purpose":"used car","label":"good"}]""");
    }

    private static IReadOnlyList<Error> NotFound { get; } = [ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7")];

    private static async Task<IResult> ListAsync(
        string name, [AsParameters] PageQuery page, ModelStore models, VersionStore versions, CancellationToken cancellationToken)
    {
        if (!(await models.FindAsync(name, cancellationToken)).Succeeded(out var found, out var error)) return Problems.From(error);
        return TypedResults.Ok(await versions.ListAsync(found, page.GetSize(), page.GetAfterNumber(), cancellationToken));
    }

    private static async Task<IResult> GetAsync(string model, string version, VersionStore versions, CancellationToken cancellationToken) =>
        (await versions.DescribeAsync(model, version, cancellationToken)).ToHttp();

    private static async Task<IResult> GetLineageAsync(
        string model, string version, VersionStore versions, CancellationToken cancellationToken) =>
        (await versions.DescribeAsync(model, version, cancellationToken)).ToHttp(found => TypedResults.Ok(Lineage.Of(found)));

    private static async Task<IResult> GetArtifactAsync(
        string model, string version, VersionStore versions, IArtifactStore artifacts, CancellationToken cancellationToken) =>
        (await versions.FindAsync(model, version, cancellationToken)).ToHttp(found => ArtifactFile.Answer(
            artifacts, found.Description.Sha256, "application/octet-stream", $"{model}-{found.Description.Version}.{EndingOf(found.Description)}"));

    private static string EndingOf(ModelVersionDescription version) => version.Kind is not null ? "json" : version.Files is null ? "onnx" : "tar";

    private static async Task<IResult> GetReferenceAsync(
        string model, string version, VersionStore versions, IArtifactStore artifacts, CancellationToken cancellationToken) =>
        (await versions.FindAsync(model, version, cancellationToken)).ToHttp(found => found.Description.Reference is { } reference
            ? ArtifactFile.Answer(artifacts, Digest.ToHex(reference.Digest), found.ReferenceType!, null)
            : Problems.From(VersionErrors.NoReference(model, found.Description.Version)));
}
