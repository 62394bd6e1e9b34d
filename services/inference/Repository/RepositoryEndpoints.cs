using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Inference.Batching;
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
            .WithName("IndexRepository").WithSummary("Every version that serves, and every one that should but cannot be loaded.")
            .WithBody("""{"type":"object","properties":{"ready":{"type":"boolean","description":"True for those only that can be called."}}}""", required: false)
            .Produces<IReadOnlyList<IndexEntry>>()
            .WithRequestExample(IndexForm)
            .WithResponseExample(200, """[{"name":"credit","version":"1","state":"READY","reason":""}]""");
        group.MapPost("/models/{model}/load", LoadAsync)
            .WithName("LoadModel").WithSummary("Brings a model into service, with other batch settings where 'config' gives them.")
            .WithBody(LoadShape, required: false)
            .Produces(StatusCodes.Status200OK)
            .WithRequestExample("""{"parameters":{"config":"{\"max_batch_size\":16,\"dynamic_batching\":{\"max_queue_delay_microseconds\":200}}"}}""")
            .Refuses(RepositoryErrors.NothingToLoad("credit"), RepositoryErrors.BadConfig("The configuration is not possible: …"));
        group.MapPost("/models/{model}/unload", UnloadAsync)
            .WithName("UnloadModel").WithSummary("Takes a model out of service in this process until it is loaded again.")
            .WithBody(UnloadShape, required: false)
            .Produces(StatusCodes.Status200OK)
            .WithRequestExample(UnloadForm)
            .Refuses(ModelErrors.UnknownModel("credit"));
    }

    private static async Task<IResult> IndexAsync(HttpRequest request, ModelTable models, DeploymentSync deployments)
    {
        var body = await RepositoryBody.ReadAsync(request, new IndexRequest(), IndexForm);
        return body.ToHttp(wanted => TypedResults.Ok(Index(models, deployments, wanted.Ready)));
    }

    private static IndexEntry[] Index(ModelTable models, DeploymentSync deployments, bool ready)
    {
        var serving = models.Models.SelectMany(model => model.Versions)
            .Select(slot => new IndexEntry(slot.Model, slot.Version, "READY", slot.Loaded is null ? "loaded when it is called" : ""));
        if (ready) return [.. serving];
        var failed = deployments.Failures.Select(failure => new IndexEntry(failure.Key.Model, failure.Key.Version, "UNAVAILABLE", failure.Value));
        var unloaded = deployments.Unloaded.Select(model => new IndexEntry(model, null, "UNAVAILABLE", "unloaded"));
        return [.. serving, .. failed, .. unloaded];
    }

    private static async Task<IResult> LoadAsync(
        string model, HttpRequest request, DeploymentSync deployments, ModelSettings settings, CancellationToken cancellationToken)
    {
        var body = await RepositoryBody.ReadAsync(request, new ModelRequest(), LoadForm);
        return body.Succeeded(out var wanted, out var error)
            ? await ApplyAsync(model, wanted, deployments, settings, cancellationToken)
            : Problems.From(error);
    }

    private static async Task<IResult> ApplyAsync(
        string model, ModelRequest wanted, DeploymentSync deployments, ModelSettings settings, CancellationToken cancellationToken)
    {
        var parameters = wanted.Parameters ?? new Dictionary<string, JsonElement>();
        if (parameters.Keys.Any(name => name.StartsWith("file:", StringComparison.Ordinal))) return Problems.From(RepositoryErrors.FilesNotTaken);
        BatchSettings? changed = null;
        if (parameters.TryGetValue("config", out var config) && !BatchConfig.Read(config, settings.Of(model)).Succeeded(out changed, out var error))
            return Problems.From(error);

        try
        {
            if (!await deployments.LoadAsync(model, cancellationToken)) return Problems.From(RepositoryErrors.NothingToLoad(model));
            // Not before: of models that are not there, callers could make up any number.
            if (changed is not null) settings.Set(model, changed);
        }
        catch (Exception exception) when (OnDemand.IsRegistryAway(exception, cancellationToken))
        {
            return Problems.From(ModelErrors.RegistryAway);
        }

        return deployments.Failures.FirstOrDefault(failure => failure.Key.Model == model) is { Value: { } reason }
            ? Problems.From(RepositoryErrors.LoadFailed(model, reason))
            : TypedResults.Ok();
    }

    private static async Task<IResult> UnloadAsync(string model, HttpRequest request, DeploymentSync deployments)
    {
        var body = await RepositoryBody.ReadAsync(request, new ModelRequest(), UnloadForm);
        return body.ToHttp(_ => deployments.Unload(model) ? TypedResults.Ok() : Problems.From(ModelErrors.UnknownModel(model)));
    }
}
