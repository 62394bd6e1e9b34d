using System.Buffers;
using Microsoft.Net.Http.Headers;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Defaults;

/// <summary>
/// What the server lets pass of an HTTP/2 request, and what would say something else once the request has become one of HTTP/1.1 on its way to a
/// service: headers that are about the connection (RFC 9113 §8.2.2), and names that are no tokens (§8.2.1), within which lines could end.
/// </summary>
internal static class HeaderRules
{
    private static readonly string[] OfConnections = [HeaderNames.TransferEncoding, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.Upgrade];

    // RFC 9110 §5.6.2.
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly Error Malformed = new(StatusCodes.Status400BadRequest, "request.invalid",
        "The request has a header that HTTP/2 does not have: one about the connection, or one whose name is no token.");

    public static void UseHeaderRules(this WebApplication app) => app.Use((context, next) =>
        !HttpProtocol.IsHttp11(context.Request.Protocol) && !HttpProtocol.IsHttp10(context.Request.Protocol) && IsMalformed(context.Request.Headers)
            ? ErrorSurfaces.WriteAsync(context, Malformed)
            : next(context));

    private static bool IsMalformed(IHeaderDictionary headers)
    {
        foreach (var name in OfConnections)
            if (headers.ContainsKey(name)) return true;
        foreach (var (name, _) in headers)
            if (name.AsSpan().ContainsAnyExcept(Token)) return true;
        return false;
    }
}
