using Platform.Hosting.Http;
using Platform.Hosting.OpenApi;

namespace Platform.Inference.Predictions;

/// <summary>What the routes that call a model have in common: the endpoint reads and writes by itself, so they are described by hand.</summary>
internal static class CallParts
{
    public static RouteHandlerBuilder WithTarget(this RouteHandlerBuilder route, string path) =>
        path.Contains("{version}", StringComparison.Ordinal) ? route.WithPathParameter("model").WithPathParameter("version") : route.WithPathParameter("model");

    public static RouteHandlerBuilder WithPredictionHeaders(this RouteHandlerBuilder route) => route
        .WithRequestHeader(PredictionHeaders.PredictionId, "The prediction's id, 1 to 128 visible ASCII characters; made when absent.")
        .WithRequestHeader(PredictionHeaders.RouteKey, "A sticky key: callers with the same one get the same version of a split.")
        .WithRequestHeader(PredictionHeaders.Route, "champion or challenger: who is to answer where versions share the requests; without effect elsewhere.")
        .WithRequestHeader(RequestIds.Header, "The request's id, 1 to 128 visible ASCII characters; made when absent.")
        .WithAnswerHeader(200, PredictionHeaders.PredictionId, "The prediction's id: the key for ground truth and explanations.")
        .WithAnswerHeader(200, PredictionHeaders.ModelVersion, "The version that answered.")
        .WithAnswerHeader(200, PredictionHeaders.Route, "Why that version: its role, champion or challenger; another alias; or version, where the URL named it by number.");
}
