using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Retries;

internal static partial class ForwardingLog
{
    /// <summary>Says that a replica has not answered as it should; of the address the path alone.</summary>
    public static void Failed(this ILogger logger, HttpContext context)
    {
        if (context.GetForwarderErrorFeature() is not { } failure) return;
        var proxy = context.GetReverseProxyFeature();
        Failed(logger, proxy.Route.Config.ClusterId!, proxy.ProxiedDestination?.DestinationId, context.Request.Method, context.Request.Path,
            failure.Error, failure.Exception?.GetBaseException().Message);
    }

    [LoggerMessage(LogLevel.Information, "{Service} at {Replica} failed {Method} {Path}: {Error} {Reason}")]
    private static partial void Failed(
        ILogger logger, string service, string? replica, string method, string path, ForwarderError error, string? reason);
}
