using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Yarp.ReverseProxy.Model;

namespace Platform.Hosting.Http;

/// <summary>
/// JSON answers for people at a terminal: they end with a line break and, with <c>?pretty</c>, are indented. What another process
/// has answered, and is only passed on here, is left as it is.
/// </summary>
internal static class JsonAnswers
{
    private const string Pretty = "pretty";

    /// <summary>Whether the caller asks for indented JSON.</summary>
    public static bool WantsPretty(HttpRequest request) =>
        request.QueryString.HasValue && request.Query.TryGetValue(Pretty, out var value) && value.ToString() is not "false" and not "0";

    /// <summary>Behind everything that passes requests on: next is the endpoint.</summary>
    public static void UseJsonAnswers(this WebApplication app) => app.Use((context, next) =>
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<RouteModel>() is not null) return next(context);
        if (WantsPretty(context.Request)) return IndentAsync(context, next);
        // An endpoint that writes all its answers itself ends them, too.
        return metadata?.GetMetadata<ISkipStatusCodePagesMetadata>() is null ? EndAsync(context, next) : next(context);
    });

    private static async Task EndAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        var isPlain = response.Headers.ContentEncoding.Count == 0 || !Compression.IsLeftAlone(context);
        if (response.ContentLength is null && isPlain && IsJson(response) && !context.RequestAborted.IsCancellationRequested)
            await response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }

    private static async Task IndentAsync(HttpContext context, RequestDelegate next)
    {
        var own = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var body = new IndentedJson(context.Response, own.Stream);
        var feature = new StreamResponseBodyFeature(body, own);
        context.Features.Set<IHttpResponseBodyFeature>(feature);
        try
        {
            await next(context);
            await feature.CompleteAsync();
        }
        finally
        {
            context.Features.Set(own);
        }

        await body.EndAsync(context.RequestAborted);
    }

    /// <summary>Whether the answer is JSON, and not compressed.</summary>
    internal static bool IsPlainJson(HttpResponse response) => response.Headers.ContentEncoding.Count == 0 && IsJson(response);

    private static bool IsJson(HttpResponse response) =>
        response.ContentType is { } type
        && (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/problem+json", StringComparison.OrdinalIgnoreCase));
}
