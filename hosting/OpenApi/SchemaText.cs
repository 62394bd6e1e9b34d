using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Platform.Hosting.OpenApi;

/// <summary>Reads schemas that are written by hand.</summary>
internal static class SchemaText
{
    /// <summary>The schema of a JSON text; what it refers to is looked for in <paramref name="document"/>.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static IOpenApiSchema Read(string json, OpenApiDocument document)
    {
        if (Reference(json) is { } name) return new OpenApiSchemaReference(name, document);
        var schema = OpenApiModelFactory.Parse<OpenApiSchema>(json, OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, OpenApiConstants.Json);
        return schema is not null && diagnostic.Errors.Count == 0
            ? schema
            : throw new InvalidOperationException($"This is no schema: {json} {string.Join(" ", diagnostic.Errors.Select(error => error.Message))}");
    }

    private static string? Reference(string json)
    {
        const string Start = "{\"$ref\":\"#/components/schemas/";
        return json.StartsWith(Start, StringComparison.Ordinal) ? json[Start.Length..].TrimEnd('}', '"') : null;
    }
}
