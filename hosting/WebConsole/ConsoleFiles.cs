using System.Text;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Overview;

/// <summary>
/// Answers with the page: what runs, for a person with a browser, as far as that person may see it. A browser asks for a key where it is
/// told to sign in.
/// </summary>
internal static class OverviewEndpoint
{
    // The page needs nothing but its own style, so nothing else may load; and no other page may show it within itself.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task<IResult> AnswerAsync(HttpContext context, OverviewReader reader, AccessRefusals refusals, CancellationToken cancellationToken)
    {
        var response = context.Response;
        var isStranger = context.GetCaller() == Caller.Stranger;
        if (isStranger && context.Request.Query.ContainsKey(OverviewPage.SignIn))
            return Problems.From(refusals.Challenge(context, AccessErrors.Unauthenticated));
        var overview = isStranger ? await reader.ReadHealthAsync(cancellationToken) : await reader.ReadAsync(context.Request.Headers.Authorization, cancellationToken);
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(OverviewPage.Render(overview), "text/html", Encoding.UTF8);
    }
}
