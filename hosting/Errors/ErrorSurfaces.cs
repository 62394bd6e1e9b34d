using Platform.Hosting.Defaults;

namespace Platform.Hosting.Errors;

/// <summary>
/// A part of the URL space whose clients expect errors in a form of its own, for example <c>/v2</c> with
/// <c>{"error": "…"}</c>. Register one per prefix as a singleton; everything else answers problem details.
/// </summary>
/// <param name="Prefix">The path prefix, for example <c>/v2</c>.</param>
/// <param name="Body">The JSON body for an error.</param>
public sealed record ErrorSurface(PathString Prefix, Func<Error, object> Body);

internal static class ErrorSurfaces
{
    public static Task WriteAsync(HttpContext context, Error error)
    {
        context.Response.StatusCode = error.Status;
        // Whatever was said before an exception has been cleared away, the id as well.
        context.Response.Headers[RequestIds.Header] = context.GetRequestId();
        if (error.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests
            && !context.Response.Headers.ContainsKey("Retry-After"))
            context.Response.Headers.RetryAfter = "1";
        var surface = context.RequestServices.GetServices<ErrorSurface>()
            .FirstOrDefault(surface => context.Request.Path.StartsWithSegments(surface.Prefix));
        return surface is null
            ? context.Response.WriteAsJsonAsync(Problems.Describe(error, context), PlatformJson.Tolerant, "application/problem+json")
            : context.Response.WriteAsJsonAsync(surface.Body(error), PlatformJson.Tolerant, "application/json");
    }
}
