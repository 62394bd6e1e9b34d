using System.Globalization;

namespace Platform.Hosting.Access;

/// <summary>
/// Addresses for clients that follow them without credentials, as they do those of an object store: whoever has one may, for a while, send one
/// method to one path. They carry an expiry and an HMAC-SHA256 of method, path and expiry, by the secret that all processes of an installation
/// share. A route takes them that says so with <see cref="RoutePermissions.TakeSignedAddresses"/>.
/// </summary>
public sealed class SignedAddresses
{
    private const string Expires = "expires";
    private const string Signature = "signature";

    private readonly ServiceSecrets _secrets;
    private readonly TimeProvider _time;

    internal SignedAddresses(ServiceSecrets secrets, TimeProvider time)
    {
        (_secrets, _time) = (secrets, time);
    }

    /// <summary>An address that allows one thing by itself; a plain one where nobody is asked for a key.</summary>
    /// <param name="method">The method, in capitals.</param>
    /// <param name="server">Scheme, host and port under which the client reaches the platform.</param>
    /// <param name="path">The path as it is routed: decoded, from its first slash on.</param>
    /// <param name="lifetime">For how long the address may be used; a request that has begun is not cut off.</param>
    public Uri Sign(string method, Uri server, string path, TimeSpan lifetime)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        if (!_secrets.IsGiven) return new Uri(server, escaped);
        var expiry = (_time.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new Uri(server, $"{escaped}?{Expires}={expiry}&{Signature}={_secrets.Seal(Claim(method, path, expiry))}");
    }

    /// <summary>Whether the request comes to a route that takes such addresses, by one that says it is signed.</summary>
    internal static bool IsSigned(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Taken>() is not null && context.Request.Query.ContainsKey(Signature);

    /// <summary>Whether the address was signed here for what is asked, and its time is not over.</summary>
    internal bool Admits(HttpRequest request)
    {
        var (expiry, signature) = (request.Query[Expires], request.Query[Signature]);
        return expiry.Count == 1 && signature.Count == 1
            && long.TryParse(expiry[0], NumberStyles.None, CultureInfo.InvariantCulture, out var until) && until > _time.GetUtcNow().ToUnixTimeSeconds()
            && _secrets.IsSealed(Claim(request.Method, request.Path.Value!, expiry[0]!), signature[0]);
    }

    // Of no token's form, so that the one is never taken for the other. No method or number holds a line's end.
    private static string Claim(string method, string path, string expiry) => $"address\n{method}\n{expiry}\n{path}";

    /// <summary>Metadata of a route that such an address opens.</summary>
    internal sealed class Taken
    {
        public static Taken Instance { get; } = new();
    }
}
