using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>Who may call the routes of distributed mode: through the gateway, and at every service for whoever goes around it.</summary>
[Collection(LoopInDistributed.Name)]
public sealed partial class AccessWalkTests(DistributedPlatform platform)
{
    [Fact]
    public async Task Without_a_key_no_route_answers_behind_the_gateway_or_at_the_service_itself()
    {
        var routes = await RoutesAsync();
        Assert.True(routes.Count > 45, $"only {routes.Count} routes are described");
        foreach (var http in Clients(key: null))
            using (http)
                foreach (var route in routes) await AssertAsync(http, route, HttpStatusCode.Unauthorized, isRefused: !route.IsForAnybody);
    }

    [Fact]
    public async Task Behind_the_gateway_the_permission_that_a_route_names_is_the_one_that_it_takes()
    {
        var routes = (await RoutesAsync()).Where(route => route.Permissions.Count > 0).ToList();
        var holders = await HoldersAsync(routes.SelectMany(route => route.Permissions.Chunk(1).Append(All.Except(route.Permissions))));
        foreach (var route in routes)
        {
            await AssertAsync(holders[Name(All.Except(route.Permissions))], route, HttpStatusCode.Forbidden, isRefused: true);
            foreach (var permission in route.Permissions)
                await AssertAsync(holders[permission], route, HttpStatusCode.Forbidden, isRefused: false);
        }
        foreach (var holder in holders.Values) holder.Dispose();
    }

    [Fact]
    public async Task A_revoked_key_is_refused_everywhere_and_a_stream_behind_the_gateway_ends()
    {
        var created = await CreateAsync("revoked", ["observe", "infer", "explain"]);
        var clients = Clients((string)created["key"]!).ToList();
        foreach (var http in clients) await UntilAsync(http, isKnown: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } } };
        using var stream = await clients[0].SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        using var revoked = await platform.Api.Http.DeleteAsync($"/v1/keys/{created["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        foreach (var http in clients) await UntilAsync(http, isKnown: false);
        await EndAsync(stream).PatientlyAsync();
        clients.ForEach(http => http.Dispose());
    }

    [Fact]
    public async Task A_large_upload_without_a_key_is_told_so_through_the_gateway()
    {
        using var http = Clients(key: null).First();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[3 << 20]), "model", "model.onnx" } };
        using var answer = await http.PostAsync("/v1/models/credit/versions", form);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_console_is_told_nothing_for_a_stranger_but_whether_the_services_are_ready()
    {
        using var stranger = Clients(key: null).First();
        var status = await stranger.GetStringAsync("/console/status");
        Assert.Contains("\"ready\":true", status, StringComparison.Ordinal);
        Assert.Contains("\"caller\":null", status, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", status, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", await platform.Api.Http.GetStringAsync("/console/status"), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> All { get; } = ["observe", "infer", "label", "explain", "register", "promote", "manage"];

    private async Task<List<Route>> RoutesAsync()
    {
        var document = await platform.Api.ReadAsync("/openapi/v1.json");
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(route => route.Key is "get" or "post" or "put" or "delete" or "patch")
            .Select(route => new Route(route.Key.ToUpperInvariant(), Segment().Replace(path.Key, "none"), route.Value!)))];
    }

    /// <summary>One for the gateway, then one for each service.</summary>
    private IEnumerable<HttpClient> Clients(string? key) => platform.Addresses.Select(address =>
    {
        var http = new HttpClient { BaseAddress = address, Timeout = Eventually.Patience };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    });

    /// <summary>
    /// By their permissions, clients of the gateway whose keys every service knows. All at once, for a service asks for new keys now and then.
    /// </summary>
    private async Task<Dictionary<string, HttpClient>> HoldersAsync(IEnumerable<IEnumerable<string>> permissions)
    {
        var holders = new ConcurrentDictionary<string, HttpClient>();
        await Task.WhenAll(permissions.DistinctBy(Name).Select(async held =>
        {
            var key = (string)(await CreateAsync(Name(held), held))["key"]!;
            foreach (var http in Clients(key).Skip(1))
                using (http) await UntilAsync(http, isKnown: true);
            holders[Name(held)] = Clients(key).First();
        }));
        return new(holders);
    }

    private static string Name(IEnumerable<string> permissions) => string.Join(" and ", permissions);

    private Task<JsonNode> CreateAsync(string name, IEnumerable<string> permissions) => platform.Api.Http
        .PostAsJsonAsync("/v1/keys", new { name, permissions = permissions.Select(permission => new { permission }) }).JsonAsync(HttpStatusCode.Created);

    // Whatever a service answers under a path that is another's: it knows the key, or it does not.
    private static Task UntilAsync(HttpClient http, bool isKnown) => Eventually.TrueAsync(async () =>
    {
        foreach (var path in (string[])["/v1/models", "/v2", "/v1/alerts", "/v1/explanations/none"])
        {
            using var answer = await http.GetAsync(path);
            if (answer.StatusCode != HttpStatusCode.NotFound || path.StartsWith("/v1/explanations", StringComparison.Ordinal))
                return answer.StatusCode == HttpStatusCode.Unauthorized != isKnown;
        }
        return false;
    }, isKnown ? "the key is known" : "the key is refused");

    private static async Task AssertAsync(HttpClient http, Route route, HttpStatusCode refusal, bool isRefused)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path);
        if (route.Method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        // At a service, a path of another one.
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed) return;
        Assert.True(isRefused == (answer.StatusCode == refusal), $"{http.BaseAddress} {route.Method} {route.Path}: {answer.StatusCode}");
    }

    private static async Task EndAsync(HttpResponseMessage stream)
    {
        try
        {
            await stream.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            // Broken off instead of ended, which is as good.
        }
    }

    /// <summary>A route as it is described.</summary>
    private sealed record Route(string Method, string Path, JsonNode Description)
    {
        public bool IsForAnybody => Description["security"]?[0]?.AsObject().Count == 0;

        /// <summary>One of them is enough; none where it takes services only.</summary>
        public IReadOnlyList<string> Permissions { get; } = [.. All.Where(permission => Denials(Description).Any(denial => denial.Contains(permission, StringComparison.Ordinal)))];

        private static IEnumerable<string> Denials(JsonNode description) => (description["responses"]!["403"]?["content"]?.AsObject() ?? [])
            .SelectMany(content => content.Value!["examples"]!.AsObject()).Where(example => example.Key == "access.denied")
            .Select(example => example.Value!["value"]!.ToJsonString()).Where(text => text.Contains("permission", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Segment();
}
