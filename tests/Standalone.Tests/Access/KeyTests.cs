using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Access;

/// <summary>Keys from their making to their end.</summary>
public sealed class KeyTests(AskingPlatform platform) : IClassFixture<AskingPlatform>
{
    private static readonly object Observe = new { permission = "observe" };

    [Fact]
    public async Task A_key_is_shown_once_and_listed_with_its_last_use()
    {
        var created = await platform.CreateAsync(new { name = "shown once", permissions = new[] { Observe } });
        var key = (string)created["key"]!;
        await Eventually.TrueAsync(async () => await StatusAsync(platform.With(key)) == HttpStatusCode.OK, "the key works");
        var listed = await Eventually.ValueAsync(async () => await FindAsync((string)created["id"]!) is { } found && found["lastUsedAt"] is not null ? found : null, "its use is told");

        Assert.Matches("^plat_[A-Za-z0-9_-]{43}$", key);
        Assert.DoesNotContain(key[5..], (await platform.Operator.GetStringAsync("/v1/keys")), StringComparison.Ordinal);
        Assert.Equal(("shown once", "bootstrap"), ((string?)listed["name"], (string?)listed["createdBy"]));
        Assert.InRange((DateTimeOffset)listed["lastUsedAt"]!, (DateTimeOffset)created["createdAt"]! - TimeSpan.FromSeconds(2), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_key_goes_as_bearer_or_as_the_password_of_anybody()
    {
        foreach (var (scheme, value) in new[] { ("Bearer", AskingPlatform.Bootstrap), ("bearer", AskingPlatform.Bootstrap), ("Basic", Pair("", AskingPlatform.Bootstrap)), ("basic", Pair("mlflow", AskingPlatform.Bootstrap)) })
            Assert.Equal((scheme, HttpStatusCode.OK), (scheme, await StatusAsync(scheme, value)));
        foreach (var (scheme, value) in new[]
                 {
                     ("Bearer", "plat_no-such-key"), ("Bearer", AskingPlatform.Bootstrap + "x"), ("Bearer", AskingPlatform.Bootstrap[1..]), ("Bearer", new string('x', 5000)),
                     ("Basic", AskingPlatform.Bootstrap), ("Basic", "%%%"), ("Basic", Convert.ToBase64String("no colon"u8)), ("Basic", Pair(AskingPlatform.Bootstrap, "")),
                     ("Basic", Pair("x", new string('k', 4000))), ("Basic", Convert.ToBase64String([.. "x:"u8, 0xFF, 0xFE])), ("Digest", AskingPlatform.Bootstrap), ("Bearer", ""),
                     ("Bearer", "svc_registry.9999999999." + new string('a', 43)), ("Bearer", "svc_x.1.y"), ("Bearer", "svc_"), ("Bearer", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."),
                 })
            Assert.Equal((scheme, value, HttpStatusCode.Unauthorized), (scheme, value, await StatusAsync(scheme, value)));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_the_streams_that_it_opened_end()
    {
        var (http, id) = await platform.HolderAsync("streamer", Observe);
        using var stream = await OpenStreamAsync(http);

        Assert.Equal(HttpStatusCode.NoContent, (await platform.Operator.DeleteAsync($"/v1/keys/{id}")).StatusCode);
        await stream.ReadToEndAsync().PatientlyAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(http) == HttpStatusCode.Unauthorized, "the key is refused");
        Assert.Equal(HttpStatusCode.NotFound, (await platform.Operator.DeleteAsync($"/v1/keys/{id}")).StatusCode);
        var events = (await platform.Operator.GetAsync("/v1/events?limit=1000").JsonAsync())["items"]!.AsArray().Where(item => (string?)item!["data"]!["keyId"] == id).ToList();
        Assert.Equal(["created", "revoked"], events.Select(item => (string?)item!["data"]!["change"]));
        Assert.All(events, item => Assert.Null(item!["model"]));
    }

    [Fact]
    public async Task An_expired_key_is_refused_and_the_streams_that_it_opened_end()
    {
        var created = await platform.CreateAsync(new { name = "short", permissions = new[] { Observe }, expiresAt = DateTimeOffset.UtcNow.AddSeconds(5) });
        var http = platform.With((string)created["key"]!);
        await Eventually.TrueAsync(async () => await StatusAsync(http) == HttpStatusCode.OK, "the key works");
        using var stream = await OpenStreamAsync(http);

        await stream.ReadToEndAsync().PatientlyAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http));
        Assert.NotNull(await FindAsync((string)created["id"]!));
    }

    [Theory]
    [InlineData("""{"permissions":[{"permission":"observe"}]}""", "name")]
    [InlineData("""{"name":" x","permissions":[{"permission":"observe"}]}""", "name")]
    [InlineData("""{"name":"a\nb","permissions":[{"permission":"observe"}]}""", "name")]
    [InlineData("""{"name":"x"}""", "permissions")]
    [InlineData("""{"name":"x","permissions":[]}""", "permissions")]
    [InlineData("""{"name":"x","permissions":[null]}""", "permissions[0].permission")]
    [InlineData("""{"name":"x","permissions":[{"permission":"everything"}]}""", "permissions[0].permission")]
    [InlineData("""{"name":"x","permissions":[{"permission":"infer","models":[]}]}""", "permissions[0].models")]
    [InlineData("""{"name":"x","permissions":[{"permission":"infer","models":["A B"]}]}""", "permissions[0].models")]
    [InlineData("""{"name":"x","permissions":[{"permission":"infer","models":[null]}]}""", "permissions[0].models")]
    [InlineData("""{"name":"x","permissions":[{"permission":"infer","aliases":["champion"]}]}""", "permissions[0].aliases")]
    [InlineData("""{"name":"x","permissions":[{"permission":"promote","aliases":["7"]}]}""", "permissions[0].aliases")]
    [InlineData("""{"name":"x","permissions":[{"permission":"observe"}],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"x","permissions":[{"permission":"observe"}],"expiresAt":"2099-01-01T00:00:00"}""", "expiresAt")]
    public async Task What_is_wrong_with_a_wanted_key_is_named(string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var refusal = await platform.Operator.PostAsync("/v1/keys", content).JsonAsync(HttpStatusCode.BadRequest);
        Assert.Equal([field], refusal["errors"]!.AsObject().Select(error => error.Key));
    }

    private static string Pair(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private async Task<JsonNode?> FindAsync(string id) =>
        (await platform.Operator.GetAsync("/v1/keys?limit=1000").JsonAsync())["items"]!.AsArray().FirstOrDefault(item => (string?)item!["id"] == id);

    private static async Task<StreamReader> OpenStreamAsync(HttpClient http)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } } };
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(": open", await reader.ReadLineAsync());
        return reader;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/v1/models");
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(string scheme, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {value}");
        using var answer = await platform.Stranger.SendAsync(request);
        return answer.StatusCode;
    }
}
