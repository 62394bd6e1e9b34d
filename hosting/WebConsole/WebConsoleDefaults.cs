using Microsoft.AspNetCore.Routing;
using Platform.Hosting.Access;
using Platform.Hosting.OpenApi;

namespace Platform.Hosting.WebConsole;

/// <summary>The console at <c>/</c> of the process that is the platform's edge: standalone, or the gateway.</summary>
public static class WebConsoleDefaults
{
    /// <summary>Adds the console, of a process with these replicas behind it; null where there are none.</summary>
    public static IServiceCollection AddWebConsole(this IServiceCollection services, FindReplicas? replicas = null)
    {
        services.AddSingleton(new ApiTag("Console", "The pages for a person with a browser."));
        services.AddSingleton<ConsoleFiles>();
        services.AddSingleton(replicas ?? (_ => []));
        return services;
    }

    /// <summary>Maps the page, its files, which no limit of requests counts, and what it asks first. Everything else it asks over the public API, as whoever looks at it.</summary>
    public static void MapWebConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (ConsoleFiles files, HttpResponse response) => files.AnswerStart(response))
            .AllowAnybody().DisableRateLimiting().WithName("GetConsole").WithTags("Console")
            .WithSummary("The console, a page for a person with a browser.").Produces<string>(StatusCodes.Status200OK, "text/html");

        routes.MapGet("/console/{file}", (string file, ConsoleFiles files, HttpResponse response) => files.Answer(file, response))
            .AllowAnybody().DisableRateLimiting().WithName("GetConsoleFile").WithTags("Console").WithSummary("A script or a style of the console.")
            .Produces<string>(StatusCodes.Status200OK, "text/javascript", "text/css", "image/svg+xml").Refuses(ConsoleFiles.NotFound);

        routes.MapGet("/console/status", ConsoleStatusEndpoint.AnswerAsync)
            .AllowAnybody().WithName("GetConsoleStatus").WithTags("Console")
            .WithSummary("What the console asks before all else: whether the platform works, and who is asking.")
            .WithResponseExample(StatusCodes.Status200OK, """
                {"ready":true,"waitingFor":{},"degraded":{},"replicas":[{"service":"inference","address":"http://127.0.0.1:40001/","ready":true},
                 {"service":"monitor","address":"http://127.0.0.1:40002/","ready":null}],"asksForKey":true,
                 "caller":{"name":"ana","permissions":["observe","infer"]},"hasManagement":true}
                """);
    }
}
