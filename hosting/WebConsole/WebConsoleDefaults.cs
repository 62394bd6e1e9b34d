using Microsoft.AspNetCore.Routing;
using Platform.Hosting.Access;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Overview;

/// <summary>The page at <c>/</c> of the process that is the platform's edge: standalone, or the gateway.</summary>
public static class OverviewDefaults
{
    /// <summary>Adds what reads the page's content. The client that it returns is the one that asks the services.</summary>
    public static IHttpClientBuilder AddOverview(this IServiceCollection services, OverviewSources sources)
    {
        services.AddSingleton(sources);
        services.AddSingleton(new ApiTag("Overview", "The page for a person with a browser."));
        return services.AddHttpClient<OverviewReader>().CallPlatform().RemoveAllLoggers();
    }

    /// <summary>Maps the page.</summary>
    public static void MapOverview(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", OverviewEndpoint.AnswerAsync).AllowAnybody().WithName("GetOverview").WithTags("Overview")
            .WithSummary("A page that says what runs.").Produces<string>(StatusCodes.Status200OK, "text/html");
}
