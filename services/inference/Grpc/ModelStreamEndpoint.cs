using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;

namespace Platform.Inference.Grpc;

/// <summary>
/// <c>ModelStreamInfer</c>: predictions over one call, as the reference server has it. Each request gets one answer or one error, in their
/// order; requests run side by side.
/// </summary>
internal sealed class ModelStreamEndpoint(DataPlane plane, MessageReader messages, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (Refuse(context, out var deadline) is { } refusal)
        {
            await HttpRefusal.SendAsync(context, refusal);
            return;
        }

        // Between two requests may lie any time.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        CallProtocol.BeginAnswer(context.Response);
        await context.Response.StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, context.GetCaller().Ended);
        await using var ending = end.Token.UnsafeRegister(static request => ((HttpRequest)request!).BodyReader.CancelPendingRead(), context.Request);
        using var stream = new PredictionStream(plane, messages, context, time, deadline, end.Token);
        var problem = await stream.RunAsync() ?? (lifetime.ApplicationStopping.IsCancellationRequested ? GrpcCallErrors.Stopping : context.DenyEnded());
        await EndAsync(context, problem);
    }

    private Error? Refuse(HttpContext context, out Deadline deadline)
    {
        deadline = default;
        if (context.Request.Headers.ContainsKey(PredictionHeaders.PredictionId)) return GrpcCallErrors.IdOfStream;
        return CallProtocol.TryReadDeadline(context.Request.Headers, time, out deadline) ? null : GrpcCallErrors.BadTimeout;
    }

    private static Task EndAsync(HttpContext context, Error? problem)
    {
        if (problem is not null) return HttpRefusal.SendAsync(context, problem);
        context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers.GrpcStatus = "0";
        return context.Response.CompleteAsync();
    }
}
