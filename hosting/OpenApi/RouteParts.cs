using System.Diagnostics.CodeAnalysis;

namespace Platform.Hosting.OpenApi;

/// <summary>
/// What a route says of itself that the framework cannot see, because the route reads its request and writes its answer by
/// itself: parameters, headers, bodies. Unlike <c>Accepts</c> none of it changes which requests reach the route.
/// </summary>
public static class RouteParts
{
    /// <summary>A parameter of the path that the handler does not bind.</summary>
    public static TBuilder WithPathParameter<TBuilder>(this TBuilder route, string name) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new ParameterPart(name, InPath: true, null, null));

    /// <summary>A header that the route looks at.</summary>
    public static TBuilder WithRequestHeader<TBuilder>(this TBuilder route, string name, string description, string type = "string")
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new ParameterPart(name, InPath: false, description, type));

    /// <summary>A header of the answer with <paramref name="status"/>.</summary>
    public static TBuilder WithAnswerHeader<TBuilder>(this TBuilder route, int status, string name, string description)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AnswerHeaderPart(status, name, description));

    /// <summary>The body that the route reads, as a JSON Schema.</summary>
    public static TBuilder WithBody<TBuilder>(
        this TBuilder route, [StringSyntax(StringSyntaxAttribute.Json)] string schema, string contentType = "application/json", bool required = true)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new BodyPart(schema, contentType, required));

    /// <summary>Callers write this type, too, though only as a text within the body: its members stay optional.</summary>
    public static TBuilder WithTextOf<TBuilder>(this TBuilder route, Type type) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new TextPart(type.Name));

    /// <summary>The answer that the route writes, as a JSON Schema.</summary>
    public static TBuilder WithAnswer<TBuilder>(
        this TBuilder route, int status, [StringSyntax(StringSyntaxAttribute.Json)] string schema, string contentType = "application/json")
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AnswerPart(status, schema, contentType));

    /// <summary>
    /// The routes' answers as server-sent events: a text that goes on, in which <c>data</c> of each event is
    /// <paramref name="data"/>.
    /// </summary>
    public static TBuilder WithEventStream<TBuilder>(this TBuilder route, string data) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AnswerPart(
            StatusCodes.Status200OK, $$"""{"type":"string","description":"Server-sent events; the data of each is {{data}}."}""", "text/event-stream"));

    /// <summary>The caller's name for the record, in the header <c>x-actor</c>.</summary>
    public static TBuilder WithActor<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithRequestHeader(Defaults.Actors.Header, "Who is asking, for the record, where callers are not asked for keys: at most 128 visible ASCII characters; anonymous when absent.");

    /// <summary>Where the answer with <paramref name="status"/> can be read again.</summary>
    public static TBuilder WithLocation<TBuilder>(this TBuilder route, int status) where TBuilder : IEndpointConventionBuilder =>
        route.WithAnswerHeader(status, "Location", "Where it can be read.");
}

internal sealed record ParameterPart(string Name, bool InPath, string? Description, string? Type);

internal sealed record AnswerHeaderPart(int Status, string Name, string Description);

internal sealed record BodyPart(string Schema, string ContentType, bool Required);

internal sealed record TextPart(string Component);

internal sealed record AnswerPart(int Status, string Schema, string ContentType);
