using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Platform.Gateway.Tests.Routing;

public sealed class CompressionTests
{
    [Fact]
    public async Task What_a_service_has_compressed_is_passed_on_as_it_is()
    {
        await using var replica = await Replica.StartAsync();
        await using var gateway = await Edge.StartGatewayAsync(Edge.Setting("Registry", replica.Address));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "Accept-Encoding", "gzip" } } };

        using var response = await gateway.Http.SendAsync(request);

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        await using var answer = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.NotNull((await JsonNode.ParseAsync(answer))!["total"]);
    }

    [Fact]
    public async Task What_the_gateway_answers_itself_is_compressed_too()
    {
        await using var gateway = await Edge.StartGatewayAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { { "Accept-Encoding", "br" } } };

        using var response = await gateway.Http.SendAsync(request);

        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
    }
}
