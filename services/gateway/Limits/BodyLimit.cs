using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Limits;

/// <summary>
/// Refuses a body that is larger than its route takes, before anything of it is read where its length is told. One of unknown
/// length is cut off by the server at the limit, which the proxy reports as the client's fault.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var limit = context.GetReverseProxyFeature().Route.Config.MaxRequestBodySize;
        if (context.Request.ContentLength > limit) throw TooLarge(limit);
        await next(context);
        if (!context.Response.HasStarted && WasCutOff(context.GetForwarderErrorFeature())) throw TooLarge(limit);
    }

    private static bool WasCutOff(IForwarderErrorFeature? failure) =>
        failure?.Exception is { } exception && Causes(exception).Any(IsTooLarge);

    private static bool IsTooLarge(Exception exception) =>
        exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };

    private static IEnumerable<Exception> Causes(Exception exception) => exception is AggregateException several
        ? several.InnerExceptions.SelectMany(Causes)
        : exception.InnerException is { } inner ? Causes(inner).Prepend(exception) : [exception];

    private static BadHttpRequestException TooLarge(long? limit) =>
        new($"The body is larger than the {limit} bytes that are taken here.", StatusCodes.Status413PayloadTooLarge);
}
