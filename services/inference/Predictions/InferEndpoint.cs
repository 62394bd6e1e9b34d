using System.Diagnostics;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Inference.Models;
using Platform.Inference.Requests;
using Platform.Inference.Telemetry;

namespace Platform.Inference.Predictions;

/// <summary>
/// A prediction over HTTP: <c>POST /v2/models/{model}[/versions/{version}]/infer</c> with tensors, and
/// <c>POST /v1/models/{model}[/versions/{version}]/predictions</c> with rows by feature name.
/// </summary>
internal sealed class InferEndpoint(DataPlane plane, BodyReader bodies, TimeProvider time)
{
    public Task HandleAsync<TForm>(HttpContext context) where TForm : IBodyForm
    {
        var started = time.GetTimestamp();
        if (!PredictionHeaders.TryTakePredictionId(context, time, out var id)) return HttpRefusal.SendAsync(context, PredictionErrors.BadPredictionId);

        var (model, wanted) = Target(context);
        return plane.PredictAsync(new HttpCall<TForm>(context, bodies, time), model, wanted, new PredictionFacts
        {
            Id = id,
            RequestId = context.GetRequestId(),
            Route = ModelEntry.RouteOf(wanted),
            RouteKey = PredictionHeaders.RouteKeyOf(context.Request.Headers),
            TraceId = Activity.Current?.TraceId.ToHexString(),
            TraceParent = InferenceTracing.Parent,
            At = time.GetUtcNow(),
            Started = started,
        });
    }

    private static (string Model, string? VersionOrAlias) Target(HttpContext context)
    {
        var values = context.Request.RouteValues;
        return ((string)values["model"]!, (string?)values.GetValueOrDefault("version"));
    }
}
