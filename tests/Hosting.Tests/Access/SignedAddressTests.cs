using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Platform.Hosting.Access;

namespace Platform.Hosting.Tests.Access;

/// <summary>An address that was signed opens what it was signed for, and nothing else.</summary>
public sealed class SignedAddressTests
{
    private const string Path = "/files/a folder/ä%2F#?&=.bin";
    private static readonly Uri Server = new("https://ml.example.org:8443");
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Clock _clock = new();

    [Fact]
    public void It_admits_what_it_was_signed_for_until_its_time_is_over()
    {
        var address = Signed();
        Assert.Equal("https://ml.example.org:8443", address.GetLeftPart(UriPartial.Authority));
        Assert.True(Admits("PUT", address));
        _clock.Now += Lifetime - TimeSpan.FromSeconds(1);
        Assert.True(Admits("PUT", address));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.False(Admits("PUT", address));
    }

    [Fact]
    public void It_admits_no_other_method_path_or_expiry()
    {
        var address = Signed();
        var later = _clock.Now.Add(Lifetime).ToUnixTimeSeconds();
        foreach (var method in new[] { "GET", "DELETE", "POST", "put" }) Assert.False(Admits(method, address));
        foreach (var (from, to) in new[] { (".bin", ".bin2"), (".bin", ""), ("/files", "/Files"), ($"{later}", $"{later + 1}"), ("expires=", "expires=0"), ("expires=", "expires=+"), ("?expires", "?expires=1&expires") })
            Assert.False(Admits("PUT", new Uri(address.AbsoluteUri.Replace(from, to, StringComparison.Ordinal))), to);
    }

    [Fact]
    public void It_admits_no_other_signature()
    {
        var text = Signed().AbsoluteUri;
        foreach (var changed in new[] { text[..^1] + (text[^1] == 'A' ? 'B' : 'A'), text + "A", text[..^1], text + "&signature=x", text.Split("&signature")[0], text.Split("?")[0] })
            Assert.False(Admits("PUT", new Uri(changed)), changed);
        Assert.False(Addresses(new string('o', 32)).Admits(Request("PUT", Signed())));
    }

    [Fact]
    public void A_services_token_is_no_signature()
    {
        var secrets = Secrets(Secret);
        var token = new ServiceTokens(secrets, new ServiceName("registry"), _clock).Issue()!;
        var address = Signed().AbsoluteUri;
        Assert.False(Admits("PUT", new Uri(address[..address.LastIndexOf('=')] + "=" + token[^43..])));
    }

    [Fact]
    public void Where_nobody_is_asked_an_address_carries_nothing() =>
        Assert.Equal("https://ml.example.org:8443/a/b", new SignedAddresses(ServiceSecrets.None, _clock).Sign("PUT", Server, "/a/b", Lifetime).AbsoluteUri);

    private static string Secret { get; } = new('s', 32);

    private Uri Signed() => Addresses(Secret).Sign("PUT", Server, Path, Lifetime);

    private bool Admits(string method, Uri address) => Addresses(Secret).Admits(Request(method, address));

    private SignedAddresses Addresses(string secret) => new(Secrets(secret), _clock);

    private static ServiceSecrets Secrets(string secret) => new(Options.Create(new AccessOptions { ServiceSecret = secret }));

    // As the server hands it on.
    private static HttpRequest Request(string method, Uri address)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.QueryString) = (method, PathString.FromUriComponent(address), QueryString.FromUriComponent(address));
        return request;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 9, 30, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
