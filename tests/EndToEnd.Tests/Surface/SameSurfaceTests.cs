using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>Clients need not know how the platform runs.</summary>
[Collection(TheLoop.Name)]
public sealed class SameSurfaceTests(StandalonePlatform standalone, DistributedPlatform distributed)
{
    [Fact]
    public async Task The_gateway_describes_the_routes_that_one_process_describes()
    {
        var expected = await standalone.Api.ReadAsync("/openapi/v1.json");
        var merged = await distributed.Api.ReadAsync("/openapi/v1.json");
        Assert.Equal(Routes(expected), Routes(merged));
        Assert.Equal(Names(expected["components"]!["schemas"]!), Names(merged["components"]!["schemas"]!));
    }

    private static IEnumerable<string> Routes(JsonNode document) => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(route => $"{path.Key} {route.Key} {route.Value!["operationId"]}")).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(JsonNode schemas) => schemas.AsObject().Select(schema => schema.Key).Order(StringComparer.Ordinal);
}
