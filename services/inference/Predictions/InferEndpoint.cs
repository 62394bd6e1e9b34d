using System.Diagnostics;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Inference.Models;

namespace Platform.Inference.Predictions;

/// <summary><c>POST /v2/models/{model}[/versions/{version}]/infer</c>: a prediction over HTTP.</summary>
internal sealed class InferEndpoint(DataPlane plane, BodyReader bodies, TimeProvider time)
{
    public Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        if (!PredictionHeaders.TryTakePredictionId(context, time, out var id)) return HttpCall.RefuseAsync(context, PredictionErrors.BadPredictionId);

        var (model, wanted) = Target(context);
        return plane.PredictAsync(new HttpCall(context, bodies, time), model, wanted, new PredictionFacts
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
