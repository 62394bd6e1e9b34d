using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Platform.Hosting.Errors;

namespace Platform.Hosting.OpenApi;

/// <summary>The form of errors on a surface that has its own.</summary>
internal static class OwnErrorSchema
{
    /// <summary>The name of the surface's component: /v2 has V2Error.</summary>
    public static string Id(ErrorSurface surface) =>
        string.Concat(surface.Prefix.Value!.Split('/').Select(part => string.Concat(part.Where(char.IsAsciiLetterOrDigit)))
            .Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..])) + "Error";

    public static JsonNode Body(ErrorSurface surface, Error error) => JsonSerializer.SerializeToNode(surface.Body(error), PlatformJson.Tolerant)!;

    public static OpenApiSchema Create(ErrorSurface surface)
    {
        var members = Body(surface, Problems.Invalid("Any.")).AsObject().Select(member => member.Key).ToHashSet();
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = $"An error on {surface.Prefix}.",
            Required = members,
            Properties = members.ToDictionary(name => name, IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.String }),
        };
    }
}
