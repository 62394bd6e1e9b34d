using Microsoft.AspNetCore.Http.Features;

namespace Platform.Hosting.Defaults;

/// <summary>
/// Answers HEAD wherever GET is answered, with the same status and headers and no body (RFC 9110, 9.1 and 9.3.2). A route says GET only:
/// routing takes a HEAD for a GET, and everything behind it sees the HEAD again, so that a file is not read and a proxy asks for no more.
/// </summary>
internal static class HeadRequests
{
    /// <summary>To stand before all that writes answers.</summary>
    public static void UseHeadRequests(this WebApplication app) => app.Use((context, next) =>
        HttpMethods.IsHead(context.Request.Method) ? AnswerAsync(context, next) : next(context));

    /// <summary>To stand directly behind routing.</summary>
    public static void UseHeadBehindRouting(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Features.Get<HeadAnswer>() is not null) context.Request.Method = HttpMethods.Head;
        return next(context);
    });

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var answer = new HeadAnswer(context.Response, inner, leaving);
        context.Features.Set(answer);
        context.Features.Set<IHttpResponseBodyFeature>(answer);
        context.RequestAborted = leaving.Token;
        context.Request.Method = HttpMethods.Get;
        await next(context);
        answer.Complete();
    }
}
