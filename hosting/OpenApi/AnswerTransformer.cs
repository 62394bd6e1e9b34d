using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>
/// Tells answers from requests. The serialiser describes what it would read; what is only ever written has every member that
/// is not left out when it is null, and may get further ones, so that readers have to pass over those that they do not know.
/// </summary>
internal sealed class AnswerTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var schema in (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).Values.OfType<OpenApiSchema>().ToList())
            Shape(schema, document);
        var operations = ApiDescription.OperationsOf(document).ToList();
        var read = Reach(document, operations.SelectMany(operation => RequestSchemas(operation, document)));
        foreach (var name in Reach(document, operations.SelectMany(AnswerSchemas)).Except(read))
            if (document.Components?.Schemas?[name] is OpenApiSchema schema) Open(schema);
        return Task.CompletedTask;
    }

    /// <summary>Gives members that are open by their type the shape that they have.</summary>
    private static void Shape(OpenApiSchema schema, OpenApiDocument document)
    {
        foreach (var (name, member) in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).ToList())
            if (MarkOf<string>(member, MemberTransformer.Shape) is { } shape) schema.Properties![name] = SchemaText.Read(shape, document);
    }

    private static T? MarkOf<T>(IOpenApiSchema schema, string name) where T : class =>
        schema is OpenApiSchema { Metadata: { } marks } && marks.TryGetValue(name, out var mark) ? mark as T : null;

    private static void Open(OpenApiSchema schema)
    {
        if (MarkOf<string[]>(schema, MemberTransformer.AlwaysWritten) is not { } written) return;
        schema.Required = written.Where(name => schema.Properties?.ContainsKey(name) is true).ToHashSet();
        schema.AdditionalPropertiesAllowed = true;
    }

    private static IEnumerable<IOpenApiSchema> RequestSchemas(OpenApiOperation operation, OpenApiDocument document) =>
    [
        .. Schemas(operation.RequestBody?.Content),
        .. (operation.Parameters ?? []).Select(parameter => parameter.Schema).OfType<IOpenApiSchema>(),
        .. operation.Metadata?.TryGetValue(PartsTransformer.Text, out var name) is true ? [new OpenApiSchemaReference((string)name, document)] : Array.Empty<IOpenApiSchema>(),
    ];

    private static IEnumerable<IOpenApiSchema> AnswerSchemas(OpenApiOperation operation) =>
        (operation.Responses ?? []).Values.SelectMany(response => Schemas(response.Content));

    private static IEnumerable<IOpenApiSchema> Schemas(IDictionary<string, OpenApiMediaType>? content) =>
        (content ?? new Dictionary<string, OpenApiMediaType>()).Values.Select(media => media.Schema).OfType<IOpenApiSchema>();

    /// <summary>The names of the components that the schemas refer to, directly or through others.</summary>
    private static HashSet<string> Reach(OpenApiDocument document, IEnumerable<IOpenApiSchema> schemas)
    {
        var reached = new HashSet<string>();
        var ahead = new Stack<IOpenApiSchema>(schemas);
        while (ahead.TryPop(out var schema))
        {
            if (schema is not OpenApiSchemaReference { Reference.Id: { } name }) Push(Parts(schema));
            else if (reached.Add(name) && document.Components?.Schemas?.TryGetValue(name, out var component) is true) Push(Parts(component));
        }

        return reached;

        void Push(IEnumerable<IOpenApiSchema> parts)
        {
            foreach (var part in parts) ahead.Push(part);
        }
    }

    private static IEnumerable<IOpenApiSchema> Parts(IOpenApiSchema schema) =>
    [
        .. schema.Properties?.Values ?? [], .. schema.OneOf ?? [], .. schema.AnyOf ?? [], .. schema.AllOf ?? [],
        .. new[] { schema.Items, schema.AdditionalProperties }.OfType<IOpenApiSchema>(),
    ];
}
