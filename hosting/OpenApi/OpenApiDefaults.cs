using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Platform.Hosting.Access;

namespace Platform.Hosting.OpenApi;

internal static class OpenApiDefaults
{
    public static void AddPlatformOpenApi(this IServiceCollection services)
    {
        services.AddSingleton(new ApiTag("Health", "Whether the process runs and can work, and its metrics."));
        services.AddOpenApi(ApiDescription.Name, options =>
        {
            var names = new SchemaNames();
            options.CreateSchemaReferenceId = names.Of;
            options.AddSchemaTransformer<MemberTransformer>();
            options.AddOperationTransformer<PartsTransformer>();
            options.AddOperationTransformer<ExampleTransformer>();
            options.AddOperationTransformer<RefusalTransformer>();
            options.AddDocumentTransformer<DocumentTransformer>();
            options.AddDocumentTransformer<AnswerTransformer>();
        });
    }

    public static void MapPlatformOpenApi(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnybody();
}
