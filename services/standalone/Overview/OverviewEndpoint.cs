using System.Text;

namespace Platform.Standalone.Overview;

/// <summary>The page at <c>/</c>: what runs, for a person with a browser.</summary>
internal static class OverviewEndpoint
{
    // The page needs nothing but its own style, so nothing else may load.
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    public static void AddOverview(this IServiceCollection services) => services.AddTransient<OverviewReader>();

    public static void MapOverview(this WebApplication app) =>
        app.MapGet("/", AnswerAsync).WithName("GetOverview").WithTags("Overview")
            .WithSummary("A page that says what runs.").Produces<string>(StatusCodes.Status200OK, "text/html");

    private static async Task<IResult> AnswerAsync(OverviewReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        var overview = await reader.ReadAsync(cancellationToken);
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(OverviewPage.Render(overview), "text/html", Encoding.UTF8);
    }
}
