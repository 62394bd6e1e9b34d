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
            .WithName("GetServer").WithSummary("The server's name, version and extensions of the protocol.")
            .WithResponseExample(200, """{"name":"platform","version":"1.0.0","extensions":["binary_tensor_data","classification","parameters","schedule_policy"]}""");
        group.MapGet("/health/live", () => new Liveness(true))
            .WithName("GetServerLive").WithSummary("Whether the server runs.");
        group.MapGet("/health/ready", AnswerReady)
            .WithName("GetServerReady").WithSummary("Whether every model that should serve has been loaded or tried.")
            .Produces<Readiness>().Refuses(ModelErrors.ServerNotReady);
        group.MapModel("/models/{model}", "");
        group.MapModel("/models/{model}/versions/{version}", "Version");
    }

    private static void MapModel(this RouteGroupBuilder group, string path, string suffix)
    {
        group.MapGet(path, AnswerMetadata)
            .WithName($"GetModelMetadata{suffix}").WithSummary("A model's versions, inputs and outputs.")
            .Produces<ModelMetadata>().Refuses(ModelErrors.UnknownModel("credit"))
            .WithResponseExample(200, """
                {"name":"credit","versions":["1"],"platform":"onnxruntime_onnx",
                 "inputs":[{"name":"input","datatype":"FP32","shape":[-1,20]}],"outputs":[{"name":"probabilities","datatype":"FP32","shape":[-1,2]}],
                 "parameters":{"version":"1","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","provider":"cpu","batching":true,"aliases":["champion"]}}
                """);
        group.MapGet(path + "/ready", AnswerModelReady)
            .WithName($"GetModel{suffix}Ready").WithSummary("Whether the model can be called.")
            .Produces<ModelReadiness>().Refuses(ModelErrors.NotReady("credit"));
    }

    private static IResult AnswerReady(DeploymentSync deployments) => deployments.FirstPass.IsCompletedSuccessfully
        ? TypedResults.Ok(new Readiness(true))
        : Problems.From(ModelErrors.ServerNotReady);

    private static async Task<IResult> AnswerMetadata(
        string model, ModelTable models, OnDemand onDemand, CancellationToken cancellationToken, string? version = null)
    {
        var found = await onDemand.AcquireAsync(model, version, cancellationToken);
        if (!found.Succeeded(out var loaded, out var error)) return Problems.From(error);
        var metadata = ModelMetadata.Of(models.Find(model), loaded);
        loaded.Release();
        return TypedResults.Ok(metadata);
    }

    /// <summary>400 where a model is not ready, as the reference servers answer; clients only look for 200.</summary>
    private static IResult AnswerModelReady(string model, ModelTable models, string? version = null) =>
        models.FindSlot(model, version) is null
            ? Problems.From(ModelErrors.NotReady(model))
            : TypedResults.Ok(new ModelReadiness(model, true));
}
