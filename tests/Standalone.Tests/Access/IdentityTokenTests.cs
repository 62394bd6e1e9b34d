using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Access;

/// <summary>Tokens of an identity provider, in the place of keys.</summary>
public sealed class IdentityTokenTests(IdentityProvider provider) : IClassFixture<IdentityProvider>, IAsyncLifetime
{
    private AskingPlatform _platform = null!;

    public async Task InitializeAsync() => _platform = await AskingPlatform.StartAsync(
        new("Access:Oidc:Authority", provider.Issuer), new("Access:Oidc:Audience", "platform"), new("Access:Oidc:RequireHttps", "false"),
        new("Access:Oidc:NameClaim", "nickname"),
        new("Access:Oidc:Roles:ml-engineer:0:Permission", "register"), new("Access:Oidc:Roles:ml-engineer:0:Models:0", "ours"),
        new("Access:Oidc:Roles:auditor:0:Permission", "observe"));

    public Task DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Roles_say_what_a_token_allows_and_a_claim_who_its_holder_is()
    {
        var ann = _platform.With(await provider.TokenAsync("ann+ml-engineer"));
        var kim = _platform.With(await provider.TokenAsync("kim+ml-engineer+auditor"));

        var model = await ann.PostAsJsonAsync("/v1/models", new { name = "ours" }).JsonAsync(HttpStatusCode.Created);
        Assert.Equal("ann", (string?)model["createdBy"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.PostAsJsonAsync("/v1/models", new { name = "theirs" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(ann));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(kim));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_platform.With(await provider.TokenAsync("bob+auditor"))));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_platform.With(await provider.TokenAsync("eve"))));
    }

    [Fact]
    public async Task A_token_that_is_not_the_providers_or_not_for_us_is_refused()
    {
        var token = await provider.TokenAsync("bob+auditor");
        var parts = token.Split('.');
        var head = Encoded("""{"alg":"HS256","typ":"JWT","kid":"keystore-CHANGE-ME"}""");
        var jwks = await new HttpClient().GetByteArrayAsync(new Uri($"{provider.Issuer}/jwks"));
        foreach (var forged in new[]
                 {
                     await provider.TokenAsync("bob+auditor", audience: "elsewhere"),
                     $"{parts[0]}.{Encoded(Decoded(parts[1]).Replace("bob", "eve", StringComparison.Ordinal))}.{parts[2]}",
                     $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", $"{Encoded("""{"alg":"none"}""")}.{parts[1]}.",
                     // Signed with what everybody can read, the provider's public keys, as if they were a secret.
                     $"{head}.{parts[1]}.{Base64Url(HMACSHA256.HashData(jwks, Encoding.ASCII.GetBytes($"{head}.{parts[1]}")))}",
                     "ey.ey.ey", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
                 })
            Assert.Equal((forged, HttpStatusCode.Unauthorized), (forged, await StatusAsync(_platform.With(forged))));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_platform.With(token)));
    }

    [Fact]
    public async Task What_was_begun_with_a_token_ends_with_it()
    {
        var http = _platform.With(await provider.TokenAsync("bob+auditor", seconds: 5));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } } };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await answer.Content.ReadAsStringAsync().PatientlyAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(http) == HttpStatusCode.Unauthorized, "the token is refused, once clocks cannot differ by so much");
    }

    [Fact]
    public async Task Without_the_provider_its_tokens_cannot_be_verified_which_is_no_fault_of_theirs()
    {
        var token = await provider.TokenAsync("bob+auditor");
        await provider.StopAsync();
        try
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(_platform.With(token)));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(_platform.Operator));
        }
        finally
        {
            await provider.StartAsync();
        }
        await Eventually.TrueAsync(async () => await StatusAsync(_platform.With(token)) == HttpStatusCode.OK, "the provider's keys are read once it is back");
    }

    private static string Encoded(string json) => Base64Url(Encoding.UTF8.GetBytes(json));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static string Decoded(string part) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(part));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/v1/models");
        return answer.StatusCode;
    }
}
