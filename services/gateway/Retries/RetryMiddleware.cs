using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Platform.Gateway.Retries;

/// <summary>
/// Sends a request that failed to another replica where that cannot do anything twice: when no connection came about, or when
/// the request only reads. A failed request that may have had an effect is answered with 502 and left to the caller.
/// </summary>
internal sealed class RetryMiddleware(RequestDelegate next, RetryMetrics metrics, ILogger<RetryMiddleware> logger)
{
    private const int Attempts = 3;

    public async Task InvokeAsync(HttpContext context)
    {
        var candidates = context.GetReverseProxyFeature().AvailableDestinations; // of which load balancing leaves one
        await next(context);
        if (context.GetForwarderErrorFeature() is not null) await TryOthersAsync(context, candidates);
    }

    private async Task TryOthersAsync(HttpContext context, IReadOnlyList<DestinationState> candidates)
    {
        var proxy = context.GetReverseProxyFeature();
        for (var attempt = 1; context.GetForwarderErrorFeature() is not null; attempt++)
        {
            logger.Failed(context);
            if (attempt == Attempts || !CanRepeat(context)) return;
            candidates = [.. candidates.Where(candidate => candidate != proxy.ProxiedDestination)];
            if (candidates.Count == 0) return;
            metrics.Retried(proxy.Route.Config.ClusterId!);
            proxy.AvailableDestinations = candidates;
            ForgetFailure(context);
            await next(context);
        }
    }

    private static bool CanRepeat(HttpContext context)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return false;
        var failure = context.GetForwarderErrorFeature();
        return ForwardingFailures.IsNoConnection(failure) || (OnlyReads(context.Request) && ForwardingFailures.IsBrokenOff(failure));
    }

    private static bool OnlyReads(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    private static void ForgetFailure(HttpContext context)
    {
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }
}
