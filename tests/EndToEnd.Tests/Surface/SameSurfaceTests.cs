using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.Hosting.Http;
using Platform.TestKit;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>Clients need not know how the platform runs.</summary>
[Collection(LoopInDistributed.Name)]
public sealed partial class SameSurfaceTests(StandalonePlatform standalone, DistributedPlatform distributed)
{
    [Fact]
    public async Task The_gateway_describes_the_routes_that_one_process_describes()
    {
        var expected = await standalone.Api.ReadAsync("/openapi/v1.json");
        var merged = await Eventually.ValueAsync(
            () => MergedAsync(Routes(expected).Count()), "the gateway has heard of every service's routes");
        Assert.Equal(Routes(expected), Routes(merged));
        Assert.Equal(Names(expected["components"]!["schemas"]!), Names(merged["components"]!["schemas"]!));
    }

    [Fact]
    public async Task A_wrong_request_is_refused_alike_and_as_the_table_of_errors_has_it()
    {
        foreach (var wrong in WrongRequest.All)
        {
            var (here, there) = (await wrong.SendAsync(standalone.Api.Http), await wrong.SendAsync(distributed.Api.Http));

            Assert.True(here == there, $"{wrong}: {here} in one process, {there} behind the gateway");
            Assert.True((wrong.Status, wrong.Code, 1) == (here.Status, here.Code, here.RequestIds), $"{wrong}: {here}");
            Assert.NotEmpty(here.Detail!);
        }
    }

    [Fact]
    public async Task HEAD_is_answered_as_GET_is_on_every_route_in_both()
    {
        var document = await standalone.Api.ReadAsync("/openapi/v1.json");
        var paths = document["paths"]!.AsObject().Where(path => path.Value!["get"] is not null).Select(path => Segment().Replace(path.Key, "1")).ToList();
        Assert.True(paths.Count > 25, $"only {paths.Count} routes answer GET");
        // All paths at once: who asks for what is not there yet waits a while.
        await Task.WhenAll(from http in new[] { standalone.Api.Http, distributed.Api.Http } from path in paths select AssertHeadAsync(http, path));
    }

    private static async Task AssertHeadAsync(HttpClient http, string path)
    {
        // One behind the other: a status may depend on what else is asked for at the moment.
        using var get = await http.GetAsync(path);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.True(get.StatusCode == head.StatusCode, $"{http.BaseAddress} {path}: GET {get.StatusCode}, HEAD {head.StatusCode}");
        Assert.Equal(Names(get), Names(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    // Told by how a body is sent, or by the moment.
    private static IEnumerable<string> Names(HttpResponseMessage answer) => answer.Headers.Concat(answer.Content.Headers)
        .Select(header => header.Key).Except(["Date", "Transfer-Encoding", "Content-Length", "Last-Modified"]).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Segment();

    /// <summary>What the gateway describes, once it has so many routes: it asks the services one after the other.</summary>
    private async Task<JsonNode?> MergedAsync(int routes) =>
        await distributed.Api.ReadAsync("/openapi/v1.json") is var merged && Routes(merged).Count() >= routes ? merged : null;

    private static IEnumerable<string> Routes(JsonNode document) => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(route => $"{path.Key} {route.Key} {route.Value!["operationId"]}")).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(JsonNode schemas) => schemas.AsObject().Select(schema => schema.Key).Order(StringComparer.Ordinal);
}
