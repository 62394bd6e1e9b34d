using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Inference.Tests.Jobs;
using Platform.TestKit;
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

    [Fact]
    public async Task A_body_beyond_the_servers_usual_limit_is_taken()
    {
        var body = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""".PadRight(31_000_000);

        var answer = await fixture.Host.InferAsync("m", body);

        Assert.Equal("m", (string?)answer["model_name"]);
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

    [Fact]
    public async Task The_answer_tells_where_the_time_went_when_asked()
    {
        var answer = await fixture.Host.InferAsync("m", Rows(2).Replace("{\"inputs\"", "{\"parameters\":{\"timings\":true},\"inputs\""));

        var times = answer["parameters"]!.AsObject();
        Assert.Equal(["prediction_id", "queue_us", "compute_input_us", "compute_infer_us", "compute_output_us", "batch_size"], times.Select(time => time.Key));
        Assert.Equal(2, (int?)times["batch_size"]);
        Assert.Equal(["prediction_id"], (await fixture.Host.InferAsync("m", Rows(2)))["parameters"]!.AsObject().Select(parameter => parameter.Key));
    }

    [Fact]
    public async Task A_request_whose_time_is_up_before_a_runner_is_free_is_refused()
    {
        const string impatient = """
            {"parameters":{"timeout":1000,"priority":1},"inputs":[
             {"name":"x","shape":[1],"datatype":"FP32","data":[1]},{"name":"rounds","shape":[1],"datatype":"INT64","data":[1]}]}
            """;
        var busy = fixture.Host.PostAsync("/v2/models/slow/infer", JobClient.Endless);
        await fixture.Host.UntilRunningAsync();

        var error = await InferTests.ErrorAsync(fixture.Host.PostAsync("/v2/models/slow/infer", impatient), HttpStatusCode.ServiceUnavailable);

        Assert.Contains("time-out", error);
        Assert.False(busy.IsCompleted);
        await fixture.Host.EndRunsAsync();
        await InferTests.ErrorAsync(busy, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("GZIP")]
    public async Task A_compressed_body_is_read(string coding)
    {
        var content = new ByteArrayContent(Compress(coding, Encoding.UTF8.GetBytes(Rows(1))));
        content.Headers.ContentEncoding.Add(coding);

        var answer = await Http.PostAsync("/v2/models/m/infer", content).JsonAsync();

        Assert.Equal("[321]", answer["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip;q=0.5, deflate;q=0.8", "deflate")]
    [InlineData("br, gzip;q=0, deflate", "deflate")]
    [InlineData("br", null)]
    [InlineData("identity", null)]
    public async Task A_long_answer_is_compressed_as_the_caller_likes(string accepted, string? expected)
    {
        using var response = await PostAsync(Rows(1000), accepted);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
        var body = Decompress(expected, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(1000, JsonNode.Parse(body)!["outputs"]![0]!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_short_answer_is_not_worth_compressing()
    {
        using var response = await PostAsync(Rows(1), "gzip");

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("br", HttpStatusCode.UnsupportedMediaType, "not supported")]
    [InlineData("gzip", HttpStatusCode.BadRequest, "not valid gzip")]
    [InlineData("deflate", HttpStatusCode.BadRequest, "not valid deflate")]
    public async Task A_body_that_is_not_what_its_coding_says_is_refused(string coding, HttpStatusCode status, string expected)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Rows(1)));
        content.Headers.ContentEncoding.Add(coding);

        Assert.Contains(expected, await InferTests.ErrorAsync(Http.PostAsync("/v2/models/m/infer", content), status));
    }

    [Fact]
    public async Task A_small_body_that_grows_beyond_the_limit_is_refused()
    {
        var content = new ByteArrayContent(Compress("gzip", new byte[80 << 20]));
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Contains("larger than", await InferTests.ErrorAsync(
            Http.PostAsync("/v2/models/m/infer", content), HttpStatusCode.RequestEntityTooLarge));
    }

    private Task<HttpResponseMessage> PostAsync(string body, string accepted)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/m/infer") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return Http.SendAsync(request);
    }

    private static string Rows(int rows) =>
        $$"""{"inputs":[{"name":"x","shape":[{{rows}},3],"datatype":"FP32","data":[{{string.Join(',', Enumerable.Repeat("1,2,3", rows))}}]}]}""";

    private static byte[] Compress(string coding, byte[] bytes)
    {
        using var target = new MemoryStream();
        using (Stream stream = coding == "deflate" ? new ZLibStream(target, CompressionLevel.Fastest) : new GZipStream(target, CompressionLevel.Fastest))
            stream.Write(bytes);
        return target.ToArray();
    }

    private static byte[] Decompress(string? coding, byte[] bytes)
    {
        if (coding is null) return bytes;
        using var source = new MemoryStream(bytes);
        using Stream stream = coding == "deflate" ? new ZLibStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
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
        {
            registry.Deploy("m", "1", TinyModels.Linear(), metadata: new VersionMetadata { Output = "doubled", Classes = ["a", "b", "c"] });
            registry.Deploy("slow", "1", TinyModels.Slow());
        }, new KeyValuePair<string, string?>("Inference:Batching:Runners", "1"));

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
