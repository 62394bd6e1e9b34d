using System.Net;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Hosting.Tests.Access;

/// <summary>The same by https.</summary>
public sealed class AccessOverTlsTests : AccessTests, IDisposable
{
    /// <summary>A client asks by the name that it sends as <c>Host</c>, so the certificate is for all that the tests send.</summary>
    private static readonly string[] Names =
    [
        "127.0.0.1", "127.1.2.3", "::1", "10.1.2.3", "0.0.0.0", "localhost", "ml.example.org", "example.org", "inference", "replica-0.inference",
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
    ];

    private readonly TestAuthority _authority = new();

    protected override KeyValuePair<string, string?>[] Reached =>
        [.. _authority.Issue(Names).Settings, new("Tls:Authority", _authority.RootFile)];

    public void Dispose() => _authority.Dispose();

    /// <summary>Whoever is on the way can write it, and the name is the same.</summary>
    [Theory]
    [InlineData("ml.example.org", "http://ml.example.org")]
    [InlineData("ml.example.org:8080", "http://ml.example.org:8080")]
    public Task A_page_that_came_by_http_is_none_of_its_own(string host, string origin) =>
        SendAsync("POST", "/things", ("Host", host), ("Origin", origin)).ProblemAsync(HttpStatusCode.Forbidden, "access.cross_site");
}
