using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.OpenApi;
using Platform.Inference.Models;

namespace Platform.Inference.Predictions;

/// <summary>The routes by which a model is called with rows by feature name.</summary>
internal static class RowRoutes
{
    private const string Body = """{"$ref":"#/components/schemas/PredictionRequest"}""";
    private const string Answer = """{"$ref":"#/components/schemas/PredictionResponse"}""";

    private const string Request = """
        {"rows":[{"age":44,"purpose":"car","savings":null}]}
        """;

    private const string Response = """
        {"model":"credit","version":"1","rows":[
          {"predictionId":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e:0","class":"good","score":0.83,"outputs":{"probabilities":[0.83,0.17]}}]}
        """;

    public static void MapRows(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<InferEndpoint>();
        routes.MapRows("/v1/models/{model}/predictions", endpoint, "Predict", "Calls the model's champion with rows by feature name.");
        routes.MapRows("/v1/models/{model}/versions/{version}/predictions", endpoint, "PredictVersion", "Calls a version by number or alias with rows by feature name.");
    }

    private static void MapRows(this IEndpointRouteBuilder routes, string path, InferEndpoint endpoint, string name, string summary) =>
        // As a plain delegate the route would be missing from the OpenAPI document.
        routes.MapPost(path, (Delegate)endpoint.HandleAsync<RowForm>)
            .WithMetadata(WritesOwnErrors.Instance, BodyReader.HasOwnLimit)
            .WithoutCompression() // chosen by the endpoint itself
            .RequirePermission(Permission.Infer).WithName(name).WithTags("Predictions").WithSummary(summary)
            .WithDescription("""
                Each row has a value for every feature of the model, by its name, in any order: numbers, categories by their names, texts, and null for
                what is missing where the model takes it. What is wrong stands in errors by row and feature, the first twenty of them. The answer has
                one object a row, in their order: its prediction id, which is the key for ground truth and explanations; class and score, or value,
                where the version's metadata says what the output means; and every output. The score is that of the class, where the output has one
                for each. Otherwise a call by name is one like any other: it is recorded, limited and counted like /v2/models/{m}/infer.
                """)
            .WithTarget(path)
            .WithBody(Body).WithAnswer(200, Answer)
            .WithRequestExample(Request).WithResponseExample(200, Response)
            .WithPredictionHeaders()
            .Refuses(
                PredictionErrors.Malformed("The request has no 'rows'."), PredictionErrors.BadPredictionId,
                PredictionErrors.RowsInvalid(new Dictionary<string, string[]> { ["rows[0].age"] = ["is missing."] }),
                PredictionErrors.RowsUnsupported("credit", "it takes no inputs."),
                PredictionErrors.RunFailed("The model could not be run on these inputs: …"),
                ModelErrors.UnknownModel("credit"),
                PredictionErrors.TimedOut("The time-out passed while the request waited."),
                PredictionErrors.BodyTooLarge(67108864),
                PredictionErrors.UnknownCoding("br"),
                BadRequests.NotJson,
                PredictionErrors.QueueFull("Too many requests are waiting for this model."),
                PredictionErrors.WorkerDied("The process that runs the model was ended by signal 9 (SIGKILL), with this run in its hands."));
}
