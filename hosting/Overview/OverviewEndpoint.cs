using System.Text;

namespace Platform.Hosting.Overview;

/// <summary>Answers with the page: what runs, for a person with a browser.</summary>
internal static class OverviewEndpoint
{
    // The page needs nothing but its own style, so nothing else may load; and no other page may show it within itself.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task<IResult> AnswerAsync(OverviewReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        var overview = await reader.ReadAsync(cancellationToken);
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(OverviewPage.Render(overview), "text/html", Encoding.UTF8);
    }
}
