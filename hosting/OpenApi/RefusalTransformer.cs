using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Platform.Hosting.Access;
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
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var named = metadata.OfType<Refusal>().Select(refusal => refusal.Error);
        var form = surface is null ? Problem(context.Document) : Own(surface, context.Document);
        var responses = operation.Responses ??= [];
        foreach (var errors in named.Concat(OfTheFramework(operation, metadata, surface is null)).Concat(OfAccess(operation, metadata)).GroupBy(error => error.Status))
            responses[errors.Key.ToString()] = form.Describe([.. errors.DistinctBy(error => error.Code)]);
        if (!responses.Keys.Any(status => status.StartsWith('4')))
            responses["400"] = new OpenApiResponse { Description = "The request is not valid HTTP; there is no body." };
        responses["default"] = form.DescribeOthers();
        return Task.CompletedTask;
    }

    private static IEnumerable<Error> OfTheFramework(OpenApiOperation operation, IList<object> metadata, bool hasCodes)
    {
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query && parameter.Schema?.Type?.HasFlag(JsonSchemaType.Integer) is true) is true)
            yield return Problems.Invalid("limit: 'many' cannot be read.");
        if (operation.RequestBody is null) yield break;
        yield return Problems.Invalid("The request's body does not have the form that this route takes.");
        yield return new Error(StatusCodes.Status413PayloadTooLarge, "request.too_large", "The request's body is larger than allowed.");
        if (hasCodes && metadata.OfType<IAcceptsMetadata>().Any())
            yield return BadRequests.NotJson;
    }

    /// <summary>Who may not call the route; of one that anybody may call, it also says that it takes no key.</summary>
    private static IEnumerable<Error> OfAccess(OpenApiOperation operation, IList<object> metadata)
    {
        var rule = metadata.OfType<AccessRuleAttribute>().LastOrDefault();
        if (rule is AllowAnybodyAttribute) operation.Security = [new OpenApiSecurityRequirement()];
        return rule switch
        {
            AllowAnybodyAttribute => [],
            RequirePermissionAttribute required => [AccessErrors.Unauthenticated, AccessErrors.Denied(required.Names, null, null)],
            RequireServiceAttribute => [AccessErrors.Unauthenticated, AccessErrors.ServicesOnly],
            _ => [AccessErrors.Unauthenticated, AccessErrors.NoPermission],
        };
    }

    private static ErrorForm Problem(OpenApiDocument? document) => new(
        "application/problem+json",
        new OpenApiSchemaReference(ProblemSchema.Id, document),
        error => JsonSerializer.SerializeToNode(Problems.Describe(error, ExampleTraceId), PlatformJson.Tolerant)!);

    private static ErrorForm Own(ErrorSurface surface, OpenApiDocument? document) => new(
        "application/json",
        new OpenApiSchemaReference(OwnErrorSchema.Id(surface), document),
        error => OwnErrorSchema.Body(surface, error));

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

        /// <summary>What any route can answer: a full server, a replica that is away, a fault.</summary>
        public OpenApiResponse DescribeOthers() => new()
        {
            Description = "Any other error, of the server or the edge before it.",
            Content = new Dictionary<string, OpenApiMediaType> { [ContentType] = new() { Schema = Schema } },
        };
    }
}
