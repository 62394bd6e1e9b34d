using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;

namespace Platform.Hosting.OpenApi;

/// <summary>What the document says as a whole, and what all of its operations share.</summary>
internal sealed class DocumentTransformer(IEnumerable<ApiTag> tags, IEnumerable<ApiComponents> components, IEnumerable<ErrorSurface> surfaces, IEnumerable<AccessGate> access)
    : IOpenApiDocumentTransformer
{
    private const string RetryAfter = "Retry-After";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Platform",
            Version = "v1",
            Description = "Register, promote, serve, watch and explain machine-learning models. Any JSON answer of up to 4 MiB is indented with ?pretty.",
            Contact = new OpenApiContact { Name = "Whoever runs this platform" },
            License = new OpenApiLicense { Name = "No licence is stated", Identifier = "NOASSERTION" },
        };
        // The document is the same wherever it is read; callers prepend the address they used.
        document.Servers = [new OpenApiServer { Url = "/" }];
        KeySchemes.Describe(document, asksCallers: access.Any());
        document.AddComponent(ProblemSchema.Id, ProblemSchema.Create());
        foreach (var surface in surfaces.Where(surface => surface.IsDescribed)) document.AddComponent(OwnErrorSchema.Id(surface), OwnErrorSchema.Create(surface));
        foreach (var component in components) component.AddTo(document);
        Describe(document.Tags);
        AddHeaders(document);
        return Task.CompletedTask;
    }

    private void Describe(ISet<OpenApiTag>? used)
    {
        foreach (var tag in used ?? new HashSet<OpenApiTag>())
            tag.Description = tags.FirstOrDefault(known => known.Name == tag.Name)?.Description;
    }

    /// <summary>Every answer says which request it belongs to; one that asks for patience says for how much.</summary>
    private static void AddHeaders(OpenApiDocument document)
    {
        document.AddComponent(RequestIds.Header, Header("The request's id: the caller's, or a new one."));
        document.AddComponent(RetryAfter, Header("Seconds to wait before another try."));
        foreach (var (status, answer) in ApiDescription.OperationsOf(document).SelectMany(operation => operation.Responses ?? []))
        {
            if (answer is not OpenApiResponse response) continue;
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[RequestIds.Header] = new OpenApiHeaderReference(RequestIds.Header, document);
            if (status is "429" or "503") response.Headers[RetryAfter] = new OpenApiHeaderReference(RetryAfter, document);
        }
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
