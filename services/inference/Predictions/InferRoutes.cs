using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.OpenApi;
using Platform.Inference.Models;

namespace Platform.Inference.Predictions;

/// <summary>The routes by which a model is called. The endpoint reads and writes bodies by itself, so they are described by hand.</summary>
internal static class InferRoutes
{
    private const string Binary = "application/octet-stream";
    private const string Body = """{"$ref":"#/components/schemas/InferRequest"}""";
    private const string Answer = """{"$ref":"#/components/schemas/InferResponse"}""";
    private const string Raw = """{"type":"string","format":"binary","description":"The JSON form, and raw little-endian tensors behind it."}""";

    private const string Request = """
        {"id":"42","inputs":[{"name":"input","shape":[1,2],"datatype":"FP32","data":[0.5,1.5]}]}
        """;

    private const string Response = """
        {"model_name":"credit","model_version":"1","id":"42","parameters":{"prediction_id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e"},
         "outputs":[{"name":"probabilities","datatype":"FP32","shape":[1,2],"data":[0.3,0.7]}]}
        """;

    public static void MapInfer(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<InferEndpoint>();
        routes.MapInfer("/v2/models/{model}/infer", endpoint, "Infer", "Calls the model's champion.");
        routes.MapInfer("/v2/models/{model}/versions/{version}/infer", endpoint, "InferVersion", "Calls a version by number or alias.");
    }

    private static void MapInfer(this IEndpointRouteBuilder routes, string path, InferEndpoint endpoint, string name, string summary) =>
        // As a plain delegate the route would be missing from the OpenAPI document.
        routes.MapPost(path, (Delegate)endpoint.HandleAsync<TensorForm>)
            .WithMetadata(WritesOwnErrors.Instance, BodyReader.HasOwnLimit)
            .WithoutCompression() // chosen by the endpoint itself
            .RequirePermission(Permission.Infer).WithName(name).WithTags("Inference").WithSummary(summary)
            .WithDescription("""
                The headers x-prediction-id (taken from the request or made), x-model-version and x-request-id come with the answer;
                the prediction id, which is among the answer's parameters too, is the key for ground truth and explanations. A number that is not finite is written as null, and
                null is read as NaN where the datatype allows it; the output's parameter non_finite_as_null says how many were. A request for raw
                outputs gets them as they are. The parameter timings asks for queue and compute times in
                microseconds as parameters of the answer; priority and timeout (microseconds) govern the queue. Where outputs are asked
                for as raw bytes, the answer is application/octet-stream: the JSON form, and the raw little-endian tensors behind it. It is
                not among the answers below, so that generated clients get one type.
                """)
            .WithTarget(path)
            .WithBody(Body).WithBody(Raw, Binary)
            .WithAnswer(200, Answer)
            .WithRequestExample(Request)
            .WithResponseExample(200, Response)
            .WithHeaders()
            .Refuses(
                PredictionErrors.Malformed("Input 'input': 'data' has 1 elements, but the shape asks for 2."),
                PredictionErrors.RunFailed("The model could not be run on these inputs: …"),
                ModelErrors.UnknownModel("credit"),
                PredictionErrors.TimedOut("The time-out passed while the request waited."),
                PredictionErrors.BodyTooLarge(67108864),
                PredictionErrors.UnknownCoding("br"),
                BadRequests.MediaType("application/json", Binary),
                PredictionErrors.QueueFull("Too many requests are waiting for this model."),

                PredictionErrors.WorkerDied("The process that runs the model was ended by signal 9 (SIGKILL), with this run in its hands."));

    private static RouteHandlerBuilder WithHeaders(this RouteHandlerBuilder route) => route.WithPredictionHeaders()
        .WithRequestHeader(PredictionHeaders.JsonLength, "Bytes of JSON before the raw tensors; 0 where the body is one raw tensor.", "integer")
        .WithAnswerHeader(200, PredictionHeaders.JsonLength, "Bytes of JSON before the raw tensors; absent where there are none.");
}
