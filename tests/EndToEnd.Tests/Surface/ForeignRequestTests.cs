using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>What a web page of somebody else's can have a browser send, on every route and those beside the description.</summary>
[Collection(LoopInDistributed.Name)]
public sealed partial class ForeignRequestTests(StandalonePlatform standalone, DistributedPlatform distributed)
{
    private static readonly (string Method, string Path)[] Undescribed =
        [("GET", "/"), ("GET", "/metrics"), ("GET", "/openapi/v1.json"), ("GET", "/nowhere"), ("POST", "/nowhere"), ("POST", "/")];

    /// <summary>What no route describes, or but one; the first three a form of any page can send without being asked.</summary>
    private static readonly string[] Foreign =
        ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=b", "text/html", "nonsense"];

    [Fact]
    public async Task No_route_answers_under_a_foreign_name_or_for_a_page_of_another_site()
    {
        var routes = await RoutesAsync();
        Assert.True(routes.Count > 40, $"only {routes.Count} routes are described");
        await EverywhereAsync(routes.Concat(Undescribed), (http, route) => AssertGuardedAsync(http, route.Method, route.Path));
    }

    [Fact]
    public async Task No_route_takes_a_body_of_a_type_that_it_does_not_describe()
    {
        var bodies = await BodiesAsync();
        Assert.True(bodies.Count > 15, $"only {bodies.Count} routes are described with a body");
        await EverywhereAsync(bodies, (http, route) => AssertTakesAloneAsync(http, route.Method, route.Path, route.Types));
    }

    /// <summary>Several at a time: who asks for what is not there yet waits a while.</summary>
    private Task EverywhereAsync<T>(IEnumerable<T> routes, Func<HttpClient, T, Task> assert) => Parallel.ForEachAsync(
        from http in new[] { standalone.Api.Http, distributed.Api.Http } from route in routes select (http, route),
        new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, _) => await assert(one.http, one.route));

    private static async Task AssertTakesAloneAsync(HttpClient http, string method, string path, string[] types)
    {
        const HttpStatusCode Refused = HttpStatusCode.UnsupportedMediaType;
        foreach (var type in Foreign.Where(type => !types.Contains(type.Split(';')[0])))
            Assert.Equal((method, path, type, Refused), (method, path, type, await SendBodyAsync(http, method, path, type)));
        foreach (var type in types.Select(type => type == "multipart/form-data" ? $"{type}; boundary=b" : $"{type}; charset=utf-8"))
            Assert.NotEqual((method, path, type, Refused), (method, path, type, await SendBodyAsync(http, method, path, type)));
    }

    private async Task<List<(string Method, string Path, string[] Types)>> BodiesAsync()
    {
        var document = await standalone.Api.ReadAsync("/openapi/v1.json");
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(route => (route.Value as JsonObject)?["requestBody"] is not null)
            .Select(route => (route.Key.ToUpperInvariant(), Segment().Replace(path.Key, "none"),
                route.Value!["requestBody"]!["content"]!.AsObject().Select(type => type.Key).ToArray())))];
    }

    private static async Task<HttpStatusCode> SendBodyAsync(HttpClient http, string method, string path, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}") };
        request.Content.Headers.Remove("Content-Type");
        Assert.True(request.Content.Headers.TryAddWithoutValidation("Content-Type", type));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<List<(string Method, string Path)>> RoutesAsync()
    {
        var document = await standalone.Api.ReadAsync("/openapi/v1.json");
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(route => route.Key is "get" or "post" or "put" or "delete" or "patch")
            .Select(route => (route.Key.ToUpperInvariant(), path.Key)))
            .Concat(MLflowPage.Routes).Select(route => (route.Item1, Segment().Replace(route.Item2, "none")))];
    }

    private static async Task AssertGuardedAsync(HttpClient http, string method, string path)
    {
        Assert.Equal((method, path, HttpStatusCode.MisdirectedRequest), (method, path, await SendAsync(http, method, path, "Host", "evil.example")));
        if (method == "GET") return;
        Assert.Equal((method, path, HttpStatusCode.Forbidden), (method, path, await SendAsync(http, method, path, "Sec-Fetch-Site", "cross-site")));
        Assert.Equal((method, path, HttpStatusCode.Forbidden), (method, path, await SendAsync(http, method, path, "Origin", "http://evil.example")));
        if (path == "/v1/keys/uses") return; // refused to all but services, which is another reason
        var plain = await SendAsync(http, method, path, "Sec-Fetch-Site", "same-origin");
        Assert.True(plain is not (HttpStatusCode.Forbidden or HttpStatusCode.MisdirectedRequest), $"{method} {path}: {plain}");
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, string method, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Segment();
}
