namespace Platform.Hosting.Access;

/// <summary>
/// Which requests another site's page had a browser send. A browser says so itself (Fetch Metadata, <c>Sec-Fetch-Site</c>), an older one
/// at least names the page's origin (RFC 6454); both headers are out of a page's reach. Other clients send neither.
/// </summary>
internal sealed class CrossSiteRequests(IEnumerable<string> allowedOrigins)
{
    public const string FetchSite = "Sec-Fetch-Site";

    private readonly HashSet<string> _allowed = new(allowedOrigins, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request that may change something comes from a page that may not ask for it.</summary>
    public bool Include(HttpRequest request)
    {
        if (IsSafe(request.Method)) return false;
        var headers = request.Headers;
        var (origin, site) = (headers.Origin.ToString(), headers[FetchSite].ToString());
        if (origin.Length > 0 && _allowed.Contains(origin)) return false;
        if (site.Length > 0) return site is not ("same-origin" or "none");
        return origin.Length > 0 && !IsOf(origin, request);
    }

    // RFC 9110 §9.2.1. What a page may read of the answer, CORS says.
    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Behind a proxy that ends TLS a page by https asks by http. The other way round it is a page that anybody on the way can have written.
    private static bool IsOf(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttps || !request.IsHttps)
        && string.Equals(page.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase) && page.Port == (request.Host.Port ?? DefaultPort(page));

    private static int DefaultPort(Uri page) => page.Scheme == Uri.UriSchemeHttps ? 443 : 80;
}
