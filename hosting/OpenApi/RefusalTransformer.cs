using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Platform.Hosting.Errors;

namespace Platform.Hosting.OpenApi;

/// <summary>Describes the errors of a route: those that it names, and those that the framework makes of a malformed body.</summary>
internal sealed class RefusalTransformer(IEnumerable<ErrorSurface> surfaces) : IOpenApiOperationTransformer
{
    private const string ExampleTraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var path = new PathString("/" + context.Description.RelativePath);
        var surface = surfaces.FirstOrDefault(surface => path.StartsWithSegments(surface.Prefix));
        var named = context.Description.ActionDescriptor.EndpointMetadata.OfType<Refusal>().Select(refusal => refusal.Error);
        var form = surface is null ? Problem(context.Document) : Own(surface);
        foreach (var errors in named.Concat(OfTheFramework(operation)).GroupBy(error => error.Status))
            (operation.Responses ??= [])[errors.Key.ToString()] = form.Describe([.. errors.DistinctBy(error => error.Code)]);
        return Task.CompletedTask;
    }

    private static IEnumerable<Error> OfTheFramework(OpenApiOperation operation)
    {
        if (operation.RequestBody is null) yield break;
        yield return Problems.Invalid("The request's body does not have the form that this route takes.");
        yield return new Error(StatusCodes.Status413PayloadTooLarge, "request.too_large", "The request's body is larger than allowed.");
    }

    private static ErrorForm Problem(OpenApiDocument? document) => new(
        "application/problem+json",
        new OpenApiSchemaReference(ProblemSchema.Id, document),
        error => JsonSerializer.SerializeToNode(Problems.Describe(error, ExampleTraceId), PlatformJson.Tolerant)!);

    private static ErrorForm Own(ErrorSurface surface)
    {
        JsonNode Body(Error error) => JsonSerializer.SerializeToNode(surface.Body(error), PlatformJson.Tolerant)!;
        var members = Body(Problems.Invalid("Any.")).AsObject().Select(member => member.Key).ToHashSet();
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = members,
            Properties = members.ToDictionary(name => name, IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.String }),
        };
        return new ErrorForm("application/json", schema, Body);
    }

    private sealed record ErrorForm(string ContentType, IOpenApiSchema Schema, Func<Error, JsonNode> Body)
    {
        public OpenApiResponse Describe(IReadOnlyList<Error> errors) => new()
        {
            Description = string.Join(" · ", errors.Select(error => error.Code)),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ContentType] = new()
                {
                    Schema = Schema,
                    Examples = errors.ToDictionary(error => error.Code, IOpenApiExample (error) => new OpenApiExample { Value = Body(error) }),
                },
            },
        };
    }
}
