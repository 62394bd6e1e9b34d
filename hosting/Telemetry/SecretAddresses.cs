using System.Diagnostics;

namespace Platform.Hosting.Telemetry;

/// <summary>Addresses that callers gave us to call: receivers put tokens into path and query, which are no business of whoever reads traces.</summary>
public static class SecretAddresses
{
    private const string FullUrl = "url.full";

    private static readonly HttpRequestOptionsKey<bool> Secret = new("platform.secret-address");

    /// <summary>Of the request's address no more than scheme, host and port is to be in its span.</summary>
    public static void HideAddress(this HttpRequestMessage request) => request.Options.Set(Secret, true);

    internal static void Shorten(Activity span, HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(Secret, out _) && request.RequestUri is { } address)
            span.SetTag(FullUrl, address.GetLeftPart(UriPartial.Authority));
    }
}
