using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>Clients need not know how the platform runs.</summary>
[Collection(TheLoop.Name)]
public sealed class SameSurfaceTests(StandalonePlatform standalone, DistributedPlatform distributed)
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

    /// <summary>What the gateway describes, once it has so many routes: it asks the services one after the other.</summary>
    private async Task<JsonNode?> MergedAsync(int routes) =>
        await distributed.Api.ReadAsync("/openapi/v1.json") is var merged && Routes(merged).Count() >= routes ? merged : null;

    private static IEnumerable<string> Routes(JsonNode document) => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(route => $"{path.Key} {route.Key} {route.Value!["operationId"]}")).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(JsonNode schemas) => schemas.AsObject().Select(schema => schema.Key).Order(StringComparer.Ordinal);
}
