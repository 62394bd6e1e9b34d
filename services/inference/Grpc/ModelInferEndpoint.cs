using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Requests;

namespace Platform.Inference.Grpc;

/// <summary><c>ModelInfer</c>: one prediction over gRPC.</summary>
internal sealed class ModelInferEndpoint(DataPlane plane, MessageReader messages, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        using var message = new ByteBuffer();
        var taken = 0;
        try
        {
            var refusal = await messages.ReadOnlyAsync(context.Request, message);
            taken = message.Length; // its memory may go before its answer has gone
            await (refusal is null ? PredictAsync(context, message, started) : HttpRefusal.SendAsync(context, refusal));
        }
        finally
        {
            messages.Release(Math.Max(taken, message.Length));
        }
    }

    private Task PredictAsync(HttpContext context, ByteBuffer message, long started)
    {
        if (Refuse(context, message, out var id, out var deadline, out var target) is { } refusal) return HttpRefusal.SendAsync(context, refusal);
        var facts = new CallFacts(context, time, deadline).Of(target, id, started);
        return plane.PredictAsync(new UnaryCall(context, message, time), target.Model, target.Version, facts);
    }

    private Error? Refuse(HttpContext context, ByteBuffer message, out string id, out Deadline deadline, out InferTarget target)
    {
        (deadline, target) = (default, default);
        if (!PredictionHeaders.TryTakePredictionId(context, time, out id)) return PredictionErrors.BadPredictionId;
        if (!CallProtocol.TryReadDeadline(context.Request.Headers, time, out deadline)) return GrpcCallErrors.BadTimeout;
        if (!InferTarget.TryRead(message.Written, out target, out var problem)) return PredictionErrors.Malformed(problem);
        return context.Deny(Permission.Infer, target.Model);
    }
}
