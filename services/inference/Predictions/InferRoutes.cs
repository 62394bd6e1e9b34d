using Microsoft.AspNetCore.Http.Metadata;
using Platform.Hosting.Defaults;
using Platform.Hosting.OpenApi;
using Platform.Inference.Models;

namespace Platform.Inference.Predictions;

/// <summary>The routes by which a model is called. The endpoint reads and writes bodies by itself, so they are described by example.</summary>
internal static class InferRoutes
{
    private const string Request = """
        {"id":"42","inputs":[{"name":"input","shape":[1,2],"datatype":"FP32","data":[0.5,1.5]}]}
        """;

    private const string Response = """
        {"model_name":"credit","model_version":"1","id":"42","outputs":[{"name":"probabilities","datatype":"FP32","shape":[1,2],"data":[0.3,0.7]}]}
        """;

    public static void MapInfer(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<InferEndpoint>();
        routes.MapInfer("/v2/models/{model}/infer", endpoint, "Infer", "Calls the model's champion.");
        routes.MapInfer("/v2/models/{model}/versions/{version}/infer", endpoint, "InferVersion", "Calls a version by number or alias.");
    }

    private static void MapInfer(this IEndpointRouteBuilder routes, string path, InferEndpoint endpoint, string name, string summary) =>
        // As a plain delegate the route would be missing from the OpenAPI document.
        routes.MapPost(path, (Delegate)endpoint.HandleAsync)
            .WithMetadata(new WritesOwnErrors(), BodyReader.HasOwnLimit)
            .WithoutCompression() // chosen by the endpoint itself
            .WithName(name).WithTags("Inference").WithSummary(summary)
            .WithDescription("""
                The headers x-prediction-id (taken from the request or made), x-model-version and x-request-id come with the answer;
                the prediction id is the key for ground truth and explanations. A number that is not finite is written as null, and
                null is read as NaN where the datatype allows it; the output's parameter non_finite_as_null says how many were. A request for raw
                outputs gets them as they are. The parameter timings asks for queue and compute times in
                microseconds as parameters of the answer; priority and timeout (microseconds) govern the queue.
                """)
            .WithRequestExample(Request)
            .WithResponseExample(200, Response)
            .Refuses(
                PredictionErrors.Malformed("Input 'input': 'data' has 1 elements, but the shape asks for 2."),
                PredictionErrors.RunFailed("The model could not be run on these inputs: …"),
                ModelErrors.UnknownModel("credit"),
                PredictionErrors.TimedOut("The time-out passed while the request waited."),
                PredictionErrors.BodyTooLarge(67108864),
                PredictionErrors.UnknownCoding("br"),
                PredictionErrors.QueueFull("Too many requests are waiting for this model."));

    /// <summary>Spares the calls a look at answers without a body: this endpoint gives every answer one.</summary>
    private sealed class WritesOwnErrors : ISkipStatusCodePagesMetadata;
}
