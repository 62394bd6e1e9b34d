using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.TestModels;

namespace Platform.Inference.Tests.Predictions;

/// <summary>The protocol's extensions over HTTP.</summary>
public sealed class ExtensionTests(ExtensionTests.Fixture fixture) : IClassFixture<ExtensionTests.Fixture>
{
    private static readonly byte[] Row = [.. new[] { 1f, 2f, 3f }.SelectMany(BitConverter.GetBytes)];

    private HttpClient Http => fixture.Host.Http;

    [Fact]
    public async Task Raw_tensors_go_in_and_come_out()
    {
        var json = """{"id":"9","inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","parameters":{"binary_data_size":12}}],"parameters":{"binary_data_output":true}}""";
        using var response = await SendAsync([.. Encoding.UTF8.GetBytes(json), .. Row], json.Length.ToString());

        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsByteArrayAsync();
        var length = int.Parse(response.Headers.GetValues("Inference-Header-Content-Length").Single());
        Assert.Equal("9", (string?)JsonNode.Parse(body.AsSpan(0, length))!["id"]);
        Assert.Equal([321, 2, 4, 6], Floats(body[length..]));
    }

    [Fact]
    public async Task A_raw_body_is_answered_raw()
    {
        using var response = await SendAsync(Row, "0");

        var body = await response.Content.ReadAsByteArrayAsync();
        var length = int.Parse(response.Headers.GetValues("Inference-Header-Content-Length").Single());
        Assert.Equal([321, 2, 4, 6], Floats(body[length..]));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999")]
    [InlineData("100")]
    public async Task A_header_length_that_cannot_be_is_refused(string length)
    {
        using var response = await SendAsync("{}"u8.ToArray(), length);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_best_classes_come_with_the_labels_of_the_metadata()
    {
        var answer = await fixture.Host.InferAsync("m", """
            {"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,3,2]}],"outputs":[{"name":"doubled","parameters":{"classification":2}}]}
            """);

        Assert.Equal("""{"name":"doubled","datatype":"BYTES","shape":[1,2],"data":["6:1:b","4:2:c"]}""", answer["outputs"]![0]!.ToJsonString());
    }

    private static IEnumerable<float> Floats(byte[] bytes) => bytes.Chunk(4).Select(chunk => BitConverter.ToSingle(chunk));

    private Task<HttpResponseMessage> SendAsync(byte[] body, string length)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/m/infer") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Inference-Header-Content-Length", length);
        return Http.SendAsync(request);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(registry =>
            registry.Deploy("m", "1", TinyModels.Linear(), metadata: new VersionMetadata { Output = "doubled", Classes = ["a", "b", "c"] }));

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
