using System.Globalization;
using System.Text.Json;
using Platform.Hosting.Http;

namespace Platform.Hosting.Errors;

/// <summary>
/// A part of the URL space whose clients expect errors in a form of its own, for example <c>/v2</c> with
/// <c>{"error": "…"}</c>. Register one per prefix as a singleton; everything else answers problem details.
/// </summary>
/// <param name="Prefix">The path prefix, for example <c>/v2</c>.</param>
/// <param name="Body">The JSON body for an error.</param>
public sealed record ErrorSurface(PathString Prefix, Func<Error, object> Body)
{
    /// <summary>Whether the description of the API has routes below the prefix, and so needs the form of their errors.</summary>
    public bool IsDescribed { get; init; } = true;
}

internal static class ErrorSurfaces
{
    private static readonly JsonSerializerOptions Indented = new(PlatformJson.Tolerant) { WriteIndented = true, NewLine = "\n" };

    public static Task WriteAsync(HttpContext context, Error error)
    {
        if (context.Request.SpeaksGrpc()) return GrpcErrors.WriteAsync(context, error);
        context.Response.StatusCode = error.Status;
        // Whatever was said before an exception has been cleared away, the id as well.
        context.Response.Headers[RequestIds.Header] = context.GetRequestId();
        if (error.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests
            && !context.Response.Headers.ContainsKey("Retry-After"))
            context.Response.Headers.RetryAfter = Math.Ceiling(error.RetryAfter?.TotalSeconds ?? 1).ToString(CultureInfo.InvariantCulture);
        var surface = context.RequestServices.GetServices<ErrorSurface>()
            .FirstOrDefault(surface => context.Request.Path.StartsWithSegments(surface.Prefix));
        return surface is null
            ? WriteAsync(context, Problems.Describe(error, context), "application/problem+json")
            : WriteAsync(context, surface.Body(error), "application/json");
    }

    private static async Task WriteAsync(HttpContext context, object body, string type)
    {
        var options = JsonAnswers.WantsPretty(context.Request) ? Indented : PlatformJson.Tolerant;
        byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), options), (byte)'\n'];
        context.Response.ContentType = type;
        context.Response.ContentLength = text.Length;
        await context.Response.BodyWriter.WriteAsync(text, context.RequestAborted);
    }
}
