using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Inference.Models;

namespace Platform.Inference.Server;

/// <summary>The routes of the protocol that tell of the server and its models.</summary>
internal static class ServerEndpoints
{
    public static void MapServer(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v2").WithTags("Inference");
        group.MapGet("", () => ServerDescription.Current)
            .RequirePermissionInHandler(Permission.Observe, Permission.Infer).WithName("GetServer").WithSummary("The server's name, version and extensions of the protocol.")
            .WithResponseExample(200, """{"name":"platform","version":"1.0.0","extensions":["binary_tensor_data","classification","model_configuration","model_repository","parameters","schedule_policy","statistics"]}""");
        group.MapGet("/health/live", () => new ServerLiveness(true))
            .AllowAnybody().WithName("GetServerLive").WithSummary("Whether the server runs.")
            .WithResponseExample(200, """{"live":true}""");
        group.MapGet("/health/ready", AnswerReady)
            .AllowAnybody().WithName("GetServerReady").WithSummary("Whether every model that should serve has been loaded or tried.")
            .Produces<ServerReadiness>().Refuses(ModelErrors.ServerNotReady).WithResponseExample(200, """{"ready":true}""");
        group.MapModel("/models/{model}", "");
        group.MapModel("/models/{model}/versions/{version}", "Version");
    }

    private static void MapModel(this RouteGroupBuilder group, string path, string suffix)
    {
        group.MapGet(path, AnswerMetadata)
            .RequirePermission(Permission.Infer, Permission.Observe).WithName($"GetModelMetadata{suffix}").WithSummary("A model's versions, inputs and outputs.")
            .Produces<ModelMetadata>().Refuses(ModelErrors.UnknownModel("credit"))
            .WithResponseExample(200, """
                {"name":"credit","versions":["1"],"platform":"onnxruntime_onnx",
                 "inputs":[{"name":"input","datatype":"FP32","shape":[-1,20]}],"outputs":[{"name":"probabilities","datatype":"FP32","shape":[-1,2]}],
                 "parameters":{"version":"1","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","provider":"cpu","batching":true,"aliases":["champion"],
                  "features":[{"name":"age","kind":"numerical","input":"input","datatype":"FP32","nullable":true},
                    {"name":"purpose","kind":"categorical","input":"input","datatype":"FP32","nullable":true,"categories":["car","tv"]}]}}
                """);
        group.MapGet(path + "/openapi.json", AnswerOpenApi)
            .RequirePermission(Permission.Infer, Permission.Observe).WithName($"GetModel{suffix}OpenApi")
            .WithSummary("How this model is called, as an OpenAPI document with its features and tensors by name.")
            .WithAnswer(200, """{"type":"object","description":"An OpenAPI 3.1 document.","additionalProperties":{}}""")
            .Refuses(ModelErrors.UnknownModel("credit"))
            .WithResponseExample(200, """
                {"openapi":"3.1.1","info":{"title":"credit","version":"1","description":""},
                 "paths":{"/v1/models/credit/predictions":{"post":{"operationId":"predict"}}},
                 "components":{"schemas":{"Features":{"type":"object","required":["age"],"properties":{"age":{"type":["number","null"]}},"additionalProperties":false}}}}
                """);
        group.MapGet(path + "/config", AnswerConfig)
            .RequirePermission(Permission.Infer, Permission.Observe).WithName($"GetModel{suffix}Config")
            .WithSummary("How a version is run: batching, runners, queue, and in which process.")
            .Produces<ModelConfig>().Refuses(ModelErrors.UnknownModel("credit"))
            .WithResponseExample(200, """
                {"name":"credit","platform":"onnxruntime_onnx","backend":"onnxruntime","max_batch_size":64,
                 "input":[{"name":"input","data_type":"TYPE_FP32","dims":[20]}],"output":[{"name":"probabilities","data_type":"TYPE_FP32","dims":[2]}],
                 "instance_group":[{"name":"credit","kind":"KIND_CPU","count":2}],
                 "dynamic_batching":{"preferred_batch_size":[],"max_queue_delay_microseconds":0,"priority_levels":3,"default_priority_level":2,
                   "default_queue_policy":{"max_queue_size":1024}},"default_model_filename":"model.onnx",
                 "batching":{"rows_share_runs":true,"decided_by":"graph","reason":"Every operator keeps rows apart."},
                 "isolation":{"runs":"service","decided_by":"graph","reason":"No operator of the graph is known to end the process that runs it."}}
                """);
        group.MapGet(path + "/ready", AnswerModelReady)
            .RequirePermission(Permission.Infer, Permission.Observe).WithName($"GetModel{suffix}Ready").WithSummary("Whether the model can be called.")
            .Produces<ModelReadiness>().Refuses(ModelErrors.NotReady("credit")).WithResponseExample(200, """{"name":"credit","ready":true}""");
    }

    private static IResult AnswerReady(DeploymentSync deployments) => deployments.FirstPass.IsCompletedSuccessfully
        ? TypedResults.Ok(new ServerReadiness(true))
        : Problems.From(ModelErrors.ServerNotReady);

    private static Task<IResult> AnswerMetadata(
        string model, ModelTable models, OnDemand onDemand, CancellationToken cancellationToken, string? version = null) =>
        DescribeAsync(onDemand, model, version, loaded => ModelMetadata.Of(models.Find(model), loaded), cancellationToken);

    private static Task<IResult> AnswerConfig(string model, OnDemand onDemand, CancellationToken cancellationToken, string? version = null) =>
        DescribeAsync(onDemand, model, version, ModelConfig.Of, cancellationToken);

    private static Task<IResult> AnswerOpenApi(string model, OnDemand onDemand, CancellationToken cancellationToken, string? version = null) =>
        DescribeAsync(onDemand, model, version, loaded => ModelDescription.Of(loaded, version), cancellationToken);

    private static async Task<IResult> DescribeAsync<T>(
        OnDemand onDemand, string model, string? version, Func<LoadedVersion, T> describe, CancellationToken cancellationToken)
    {
        var found = await onDemand.AcquireAsync(model, version, cancellationToken);
        if (!found.Succeeded(out var loaded, out var error)) return Problems.From(error);
        var description = describe(loaded);
        loaded.Release();
        return TypedResults.Ok(description);
    }

    /// <summary>
    /// 400 where a model is not ready, as the reference servers answer; clients only look for 200. One whose own process is being started
    /// again is not.
    /// </summary>
    private static IResult AnswerModelReady(string model, ModelTable models, string? version = null) => models.FindSlot(model, version) switch
    {
        null => Problems.From(ModelErrors.NotReady(model)),
        { Loaded.Unavailable: { } reason } => Problems.From(ModelErrors.NotReady(model, reason)),
        _ => TypedResults.Ok(new ModelReadiness(model, true)),
    };
}
