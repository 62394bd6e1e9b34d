using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>The OpenAPI document of this process, as <c>/openapi/v1.json</c> answers it unless something else is mapped there.</summary>
public static class ApiDescription
{
    /// <summary>The public path of the document.</summary>
    public const string Path = "/openapi/v1.json";

    internal const string Name = "v1";

    internal static IEnumerable<OpenApiOperation> OperationsOf(OpenApiDocument document) =>
        document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(operation => operation.Value);

    /// <summary>The document of this process's own routes.</summary>
    public static async Task<JsonObject> ReadOwnAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(cancellationToken);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!.AsObject();
    }
}
