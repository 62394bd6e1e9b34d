using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>Puts what routes say of their parameters, headers and bodies (<see cref="RouteParts"/>) into their operations.</summary>
internal sealed class PartsTransformer : IOpenApiOperationTransformer
{
    /// <summary>The mark of an operation that holds the name of what its body has as a text.</summary>
    public const string Text = "x-text";

    private static readonly Dictionary<string, string> PathParameters = new()
    {
        ["model"] = "The model's name.",
        ["name"] = "The model's name.",
        ["version"] = "A version's number, or an alias that names one.",
        ["alias"] = "The alias, for example champion.",
        ["id"] = "Its id.",
        ["sha256"] = "SHA-256 of the content, as plain hex or sha256:….",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (metadata, document) = (context.Description.ActionDescriptor.EndpointMetadata, context.Document!);
        foreach (var part in metadata.OfType<ParameterPart>()) Add(operation, part);
        foreach (var part in metadata.OfType<BodyPart>()) Add(operation, part, document);
        foreach (var part in metadata.OfType<TextPart>()) (operation.Metadata ??= new Dictionary<string, object>())[Text] = part.Component;
        foreach (var part in metadata.OfType<AnswerPart>()) Add(operation, part, document);
        foreach (var part in metadata.OfType<AnswerHeaderPart>()) Add(operation, part);
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
            parameter.Description ??= PathParameters.GetValueOrDefault(parameter.Name!);
        // Readers show one of the two; there is not always more to say.
        operation.Description ??= operation.Summary;
        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, ParameterPart part) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = part.Name,
        In = part.InPath ? ParameterLocation.Path : ParameterLocation.Header,
        Required = part.InPath,
        Description = part.Description,
        Schema = new OpenApiSchema { Type = part.Type == "integer" ? JsonSchemaType.Integer : JsonSchemaType.String },
    });

    private static void Add(OpenApiOperation operation, BodyPart part, OpenApiDocument document)
    {
        var body = operation.RequestBody as OpenApiRequestBody ?? new OpenApiRequestBody();
        operation.RequestBody = body;
        body.Required = part.Required;
        Media(body.Content ??= new Dictionary<string, OpenApiMediaType>(), part.ContentType).Schema = SchemaText.Read(part.Schema, document);
    }

    private static void Add(OpenApiOperation operation, AnswerPart part, OpenApiDocument document) =>
        Media(Response(operation, part.Status).Content ??= new Dictionary<string, OpenApiMediaType>(), part.ContentType).Schema = SchemaText.Read(part.Schema, document);

    private static void Add(OpenApiOperation operation, AnswerHeaderPart part)
    {
        var response = Response(operation, part.Status);
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[part.Name] = new OpenApiHeader { Description = part.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static OpenApiResponse Response(OpenApiOperation operation, int status)
    {
        var (responses, key) = (operation.Responses ??= [], status.ToString(CultureInfo.InvariantCulture));
        if (responses.TryGetValue(key, out var known) && known is OpenApiResponse response) return response;
        response = new OpenApiResponse { Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) };
        responses[key] = response;
        return response;
    }

    private static OpenApiMediaType Media(IDictionary<string, OpenApiMediaType> content, string type)
    {
        if (!content.TryGetValue(type, out var media)) content[type] = media = new OpenApiMediaType();
        return media;
    }
}
