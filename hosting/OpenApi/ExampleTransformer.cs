using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>Puts the examples that routes carry into their operations.</summary>
internal sealed class ExampleTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var example in metadata.OfType<RequestExample>()) AddToRequest(operation, example);
        foreach (var example in metadata.OfType<ResponseExample>()) AddToResponse(operation, example);
        return Task.CompletedTask;
    }

    private static void AddToRequest(OpenApiOperation operation, RequestExample example)
    {
        // A route that reads its body itself has none described.
        var body = operation.RequestBody as OpenApiRequestBody ?? new OpenApiRequestBody { Required = true };
        operation.RequestBody = body;
        MediaType(body.Content ??= new Dictionary<string, OpenApiMediaType>(), example.ContentType).Example = example.Body.DeepClone();
    }

    private static void AddToResponse(OpenApiOperation operation, ResponseExample example)
    {
        var responses = operation.Responses ??= [];
        var status = example.Status.ToString();
        if (!responses.TryGetValue(status, out var known) || known is not OpenApiResponse response)
            responses[status] = response = new OpenApiResponse { Description = "OK" };
        MediaType(response.Content ??= new Dictionary<string, OpenApiMediaType>(), Json).Example = example.Body.DeepClone();
    }

    private static OpenApiMediaType MediaType(IDictionary<string, OpenApiMediaType> content, string type)
    {
        if (!content.TryGetValue(type, out var media)) content[type] = media = new OpenApiMediaType();
        return media;
    }
}
