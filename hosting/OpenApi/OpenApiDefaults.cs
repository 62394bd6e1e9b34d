using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

internal static class OpenApiDefaults
{
    public static void AddPlatformOpenApi(this IServiceCollection services) => services.AddOpenApi(ApiDescription.Name, options =>
    {
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer<ExampleTransformer>();
        options.AddOperationTransformer<RefusalTransformer>();
    });

    public static void MapPlatformOpenApi(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Platform",
            Version = "v1",
            Description = "Register, promote, serve, watch and explain machine-learning models.",
        };
        // The document is the same wherever it is read; callers prepend the address they used.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.AddComponent(ProblemSchema.Id, ProblemSchema.Create());
        return Task.CompletedTask;
    }
}
