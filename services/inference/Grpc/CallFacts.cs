using System.Diagnostics;
using Platform.Hosting.Http;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Requests;
using Platform.Inference.Telemetry;

namespace Platform.Inference.Grpc;

/// <summary>What is known of the predictions of a call before their messages are read.</summary>
internal readonly struct CallFacts(HttpContext context, TimeProvider time, Deadline deadline)
{
    public PredictionFacts Of(in InferTarget target, string id, long started) => new()
    {
        Id = id,
        RequestId = context.GetRequestId(),
        Route = ModelEntry.RouteOf(target.Version),
        RouteKey = PredictionHeaders.RouteKeyOf(context.Request.Headers),
        TraceId = Activity.Current?.TraceId.ToHexString(),
        TraceParent = InferenceTracing.Parent,
        At = time.GetUtcNow(),
        Started = started,
        Deadline = deadline,
    };
}
