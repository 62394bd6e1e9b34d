using System.Buffers.Text;
using System.Text;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>
/// Finds out who is asking from the header <c>Authorization</c> (RFC 9110 §11.6.2): <c>Bearer</c> with a key, a token of a service or one of
/// an identity provider, or <c>Basic</c> (RFC 7617) with any user name and the same as password.
/// </summary>
internal sealed class Identification(ICallerKeys keys, ServiceTokens services, IdentityTokens tokens)
{
    // Longer than any key; a token of an identity provider comes as bearer.
    private const int LongestBasic = 4096;

    private static readonly Result<Caller> Nothing = AccessErrors.Unauthenticated;

    public ValueTask<Result<Caller>> IdentifyAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0) return new(Nothing);
        if (header.Count > 1) return new(AccessErrors.NotAccepted);
        var value = header[0].AsSpan();
        if (Credentials(value, "Bearer ") is { IsEmpty: false } bearer) return IdentifyAsync(context, bearer);
        return Credentials(value, "Basic ") is { IsEmpty: false } basic ? IdentifyBasicAsync(context, basic) : new(AccessErrors.NotAccepted);
    }

    private ValueTask<Result<Caller>> IdentifyAsync(HttpContext context, ReadOnlySpan<char> secret)
    {
        if (ServiceTokens.IsToken(secret)) return new(services.Find(secret));
        return IdentityTokens.IsToken(secret) ? tokens.FindAsync(context, secret.ToString()) : new(keys.Find(secret));
    }

    private ValueTask<Result<Caller>> IdentifyBasicAsync(HttpContext context, ReadOnlySpan<char> base64)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (base64.Length > LongestBasic) return new(AccessErrors.NotAccepted);
        if (Base64.GetMaxDecodedFromUtf8Length(base64.Length) > bytes.Length) bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64Chars(base64, bytes, out var length)) return new(AccessErrors.NotAccepted);
        var pair = bytes[..length];
        var colon = pair.IndexOf((byte)':');
        if (colon < 0) return new(AccessErrors.NotAccepted);
        Span<char> password = stackalloc char[512];
        if (length > password.Length) password = new char[length];
        return IdentifyAsync(context, password[..Encoding.UTF8.GetChars(pair[(colon + 1)..], password)]);
    }

    /// <summary>What follows the scheme; empty where it is another.</summary>
    private static ReadOnlySpan<char> Credentials(ReadOnlySpan<char> header, ReadOnlySpan<char> scheme) =>
        header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim(' ') : default;
}
