using System.Diagnostics;
using Microsoft.AspNetCore.Routing;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// Names the span of a request after its method and route, as OpenTelemetry's conventions ask: in a trace it is then seen what was
/// called. Costs nothing for a request that is not collected.
/// </summary>
internal static class RequestSpans
{
    public static void UseRequestSpanNames(this WebApplication app) => app.Use((context, next) =>
    {
        if (Activity.Current is { IsAllDataRequested: true } span && context.GetEndpoint() is RouteEndpoint endpoint) Name(span, context.Request, endpoint);
        return next(context);
    });

    private static void Name(Activity span, HttpRequest request, RouteEndpoint endpoint)
    {
        var route = endpoint.RoutePattern.RawText ?? "/";
        span.DisplayName = $"{request.Method} {route}";
        span.SetTag("http.request.method", request.Method).SetTag("http.route", route).SetTag("url.path", request.Path.Value);
    }
}
