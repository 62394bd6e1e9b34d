using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Hosting.Errors;

namespace Platform.Hosting.OpenApi;

/// <summary>What a route says of itself in <c>/openapi/v1.json</c> beyond its types: examples, and the errors with which it refuses.</summary>
public static class RouteExamples
{
    /// <summary>An example of the request body as JSON text, for example a v2 infer request.</summary>
    public static TBuilder WithRequestExample<TBuilder>(
        this TBuilder route, [StringSyntax(StringSyntaxAttribute.Json)] string json, string contentType = "application/json")
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RequestExample(Parse(json), contentType));

    /// <summary>An example of the answer with <paramref name="status"/> as JSON text.</summary>
    public static TBuilder WithResponseExample<TBuilder>(
        this TBuilder route, int status, [StringSyntax(StringSyntaxAttribute.Json)] string json)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new ResponseExample(status, Parse(json)));

    /// <summary>
    /// The errors with which the route refuses. They are the records that its handler returns, so the document cannot say
    /// another code than the route; the form of the body follows the route's <see cref="ErrorSurface"/>.
    /// </summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder route, params IReadOnlyList<Error> errors)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var error in errors) route.WithMetadata(new Refusal(error));
        return route;
    }

    private static JsonNode Parse(string json) => JsonNode.Parse(json) ?? throw new JsonException("An example cannot be null.");
}

/// <summary>An example of a route's request body; metadata of its endpoint.</summary>
public sealed record RequestExample(JsonNode Body, string ContentType);

/// <summary>An example of a route's answer with a status; metadata of its endpoint.</summary>
public sealed record ResponseExample(int Status, JsonNode Body);

internal sealed record Refusal(Error Error);
