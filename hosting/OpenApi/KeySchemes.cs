using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>How a caller proves who it is, for generators of clients.</summary>
internal static class KeySchemes
{
    private const string Bearer = "bearer";
    private const string Basic = "basic";

    /// <summary>Describes it, as needed where callers are asked, else as possible.</summary>
    public static void Describe(OpenApiDocument document, bool asksCallers)
    {
        document.AddComponent(Bearer, Scheme(Bearer, "A key, or a token of the identity provider."));
        document.AddComponent(Basic, Scheme(Basic, "Any user name, and a key as the password."));
        document.Security = [.. asksCallers ? [] : new[] { new OpenApiSecurityRequirement() }, Requirement(Bearer, document), Requirement(Basic, document)];
    }

    private static OpenApiSecurityScheme Scheme(string name, string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = name, Description = description };

    private static OpenApiSecurityRequirement Requirement(string name, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(name, document)] = [] };
}
