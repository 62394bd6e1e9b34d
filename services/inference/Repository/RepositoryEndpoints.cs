using System.Diagnostics.CodeAnalysis;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Inference.Models;

namespace Platform.Inference.Repository;

/// <summary>
/// The repository extension. What should serve is the registry's to say; here an operator sees what does, takes a model out of
/// service in this process and brings it back, and changes how it is batched while it serves.
/// </summary>
internal static class RepositoryEndpoints
{
    private const string IndexForm = """{"ready":false}""";
    private const string LoadForm = """{"parameters":{"config":"{\"max_batch_size\":16}"}}""";
    private const string UnloadForm = """{"parameters":{"unload_dependents":false}}""";

    private const string LoadShape = """
        {"type":"object","properties":{"parameters":{"type":"object",
          "properties":{"config":{"type":"string","description":"Settings as JSON text, in the form of the model's configuration."}},
          "additionalProperties":{"type":["string","number","boolean"]}}}}
        """;

    private const string UnloadShape = """
        {"type":"object","properties":{"parameters":{"type":"object",
          "properties":{"unload_dependents":{"type":"boolean","description":"Taken and not used: no model here depends on another."}},
          "additionalProperties":{"type":["string","number","boolean"]}}}}
        """;

    public static void MapRepository(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v2/repository").WithTags("Inference");
        group.MapPost("/index", IndexAsync)
            .RequirePermissionInHandler(Permission.Observe).WithName("IndexRepository").WithSummary("Every version that serves, and every one that should but cannot be loaded.")
            .WithForm("""{"type":"object","properties":{"ready":{"type":"boolean","description":"True for those only that can be called."}}}""")
            .Produces<IReadOnlyList<IndexEntry>>()
            .WithRequestExample(IndexForm)
            .WithResponseExample(200, """[{"name":"credit","version":"1","state":"READY","reason":""}]""");
        group.MapPost("/models/{model}/load", LoadAsync)
            .RequirePermission(Permission.Manage).WithName("LoadModel").WithSummary("Brings a model into service, with other batch settings where 'config' gives them.")
            .WithDescription("""
                config is the text of a model configuration in the reference server's form, numbers as numbers or as text. It decides
                max_batch_size, the count of one instance_group, and of dynamic_batching one preferred_batch_size, max_queue_delay_microseconds,
                priority_levels, default_priority_level and default_queue_policy.max_queue_size; what it leaves out is as the service is configured.
                What it says beyond that must be as the model is, as …/config answers it; anything else is refused by name. A load without config
                ends what an earlier one has set.
                """)
            .WithForm(LoadShape)
            .Produces(StatusCodes.Status200OK)
            .WithRequestExample("""{"parameters":{"config":"{\"max_batch_size\":16,\"dynamic_batching\":{\"max_queue_delay_microseconds\":200}}"}}""")
            .Refuses(RepositoryErrors.NothingToLoad("credit"), RepositoryErrors.BadConfig("The configuration is not possible: …"),
                RepositoryErrors.UnknownParameter("files"));
        group.MapPost("/models/{model}/unload", UnloadAsync)
            .RequirePermission(Permission.Manage).WithName("UnloadModel").WithSummary("Takes a model out of service in this process until it is loaded again.")
            .WithForm(UnloadShape)
            .Produces(StatusCodes.Status200OK)
            .WithRequestExample(UnloadForm)
            .Refuses(ModelErrors.UnknownModel("credit"));
    }

    // The protocol's asyncio client calls every body so, JSON too.
    private static RouteHandlerBuilder WithForm(this RouteHandlerBuilder route, [StringSyntax(StringSyntaxAttribute.Json)] string shape) => route
        .WithBody(shape, required: false)
        .WithBody("""{"type":"string","format":"binary","description":"The same JSON, from clients that do not say what it is."}""",
            "application/octet-stream", required: false)
        .Refuses(BadRequests.MediaType("application/json", "application/octet-stream"));

    private static async Task<IResult> IndexAsync(HttpRequest request, ModelTable models, DeploymentSync deployments)
    {
        var body = await RepositoryBody.ReadAsync(request, new IndexRequest(), IndexForm);
        return body.ToHttp(wanted => TypedResults.Ok(RepositoryIndex.Of(models, deployments, wanted.Ready ?? false)
            .Where(entry => request.HttpContext.Permits(Permission.Observe, entry.Name))));
    }

    private static async Task<IResult> LoadAsync(string model, HttpRequest request, LoadModel load, CancellationToken cancellationToken)
    {
        var body = await RepositoryBody.ReadAsync(request, new ModelRequest(), LoadForm);
        if (!body.Succeeded(out var wanted, out var error)) return Problems.From(error);
        return await load.HandleAsync(model, wanted, cancellationToken) is { } refusal ? Problems.From(refusal) : TypedResults.Ok();
    }

    private static async Task<IResult> UnloadAsync(string model, HttpRequest request, DeploymentSync deployments)
    {
        var body = await RepositoryBody.ReadAsync(request, new ModelRequest(), UnloadForm);
        return body.ToHttp(_ => deployments.Unload(model) ? TypedResults.Ok() : Problems.From(ModelErrors.UnknownModel(model)));
    }
}
