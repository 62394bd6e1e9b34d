using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>The form of every error outside the surfaces that have their own: RFC 9457 with <c>code</c> and <c>traceId</c>.</summary>
internal static class ProblemSchema
{
    public const string Id = "Problem";

    public static OpenApiSchema Create() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error, by RFC 9457. What further members it has depends on its code.",
        AdditionalProperties = new OpenApiSchema(),
        Required = new HashSet<string> { "type", "title", "status", "detail", "code", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A URI that names the kind of error."),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What is wrong with this request, for a person."),
            ["code"] = Text("What is wrong, for a program; stable."),
            ["traceId"] = Text("Finds the request in traces and logs."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Messages by field, where several fields are wrong.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(null) },
            },
        },
    };

    private static OpenApiSchema Text(string? description) => new() { Type = JsonSchemaType.String, Description = description };
}
