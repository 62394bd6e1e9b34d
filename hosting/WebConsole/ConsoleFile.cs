using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Platform.Hosting.WebConsole;

/// <summary>A file of the console, as it is sent: a browser keeps it, and asks each time whether it has changed.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type.</param>
internal sealed record ConsoleFile(byte[] Content, string Type)
{
    // The console needs its own scripts and style, the API of its own address, and pictures that it makes of what that answered.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..32]}\"");

    /// <summary>The file, or 304 where the browser has it.</summary>
    public FileContentHttpResult Answer(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-cache";
        return TypedResults.File(Content, Type, entityTag: _tag);
    }
}
