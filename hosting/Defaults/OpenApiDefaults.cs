using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Platform.Hosting.Defaults;

internal static class OpenApiDefaults
{
    public static void AddPlatformOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Platform",
                Version = "v1",
                Description = "Register, promote, serve, watch and explain machine-learning models.",
            };
            // The document is the same wherever it is read; callers prepend the address they used.
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        }));

    public static void MapPlatformOpenApi(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");
}
