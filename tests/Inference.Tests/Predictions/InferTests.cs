using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Predictions;

public sealed class InferTests(InferTests.Fixture fixture) : IClassFixture<InferTests.Fixture>
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    private InferenceHost Host => fixture.Host;

    [Fact]
    public async Task A_row_is_answered_with_every_output()
    {
        using var response = await Host.PostAsync("/v2/models/linear/infer", Row);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("linear", (string?)answer["model_name"]);
        Assert.Equal("2", (string?)answer["model_version"]);
        Assert.Equal("""[{"name":"sum","datatype":"FP32","shape":[1,1],"data":[321]},{"name":"doubled","datatype":"FP32","shape":[1,3],"data":[2,4,6]}]""",
            answer["outputs"]!.ToJsonString());
    }

    [Fact]
    public async Task Several_inputs_of_different_types_and_several_rows_are_answered()
    {
        var answer = await Host.InferAsync("add", """
            {"id":"7","inputs":[{"name":"b","shape":[2,2],"datatype":"INT64","data":[[1,2],[3,4]]},
                                {"name":"a","shape":[2,2],"datatype":"FP32","data":[0.5,0.5,0.5,0.5]}],"outputs":[{"name":"y"}]}
            """);

        Assert.Equal("7", (string?)answer["id"]);
        Assert.Equal("[1.5,2.5,3.5,4.5]", answer["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Strings_go_in_and_come_out()
    {
        var answer = await Host.InferAsync("echo", """{"inputs":[{"name":"x","shape":[2],"datatype":"BYTES","data":["床前明月光","a \"quote\""]}]}""");

        Assert.Equal(["床前明月光", "a \"quote\""], answer["outputs"]![0]!["data"]!.AsArray().Select(text => (string?)text));
    }

    [Fact]
    public async Task A_model_without_a_batch_dimension_is_answered()
    {
        var answer = await Host.InferAsync("fixed", """{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP32","data":[1,2,3,4]}]}""");

        Assert.Equal("[-1,-2,-3,-4]", answer["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("versions/1", "1", 6)]
    [InlineData("versions/2", "2", 321)]
    [InlineData("versions/champion", "2", 321)]
    [InlineData("versions/challenger", "1", 6)]
    public async Task Versions_and_aliases_are_called_by_name(string path, string version, float sum)
    {
        using var response = await Host.PostAsync($"/v2/models/linear/{path}/infer", Row);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(version, response.Headers.GetValues("x-model-version").Single());
        Assert.Equal(version, (string?)answer["model_version"]);
        Assert.Equal(sum, (float?)answer["outputs"]![0]!["data"]![0]);
    }

    [Fact]
    public async Task Every_answer_carries_its_ids()
    {
        using var first = await Host.PostAsync("/v2/models/linear/infer", Row);
        using var second = await Host.PostAsync("/v2/models/linear/infer", Row);

        var ids = new[] { first, second }.Select(response => response.Headers.GetValues("x-prediction-id").Single()).ToArray();
        Assert.NotEqual(ids[0], ids[1]);
        var text = await first.Content.ReadAsStringAsync();
        Assert.Equal(ids[0], (string?)JsonNode.Parse(text)!["parameters"]!["prediction_id"]);
        Assert.EndsWith("}\n", text);
        Assert.NotEmpty(first.Headers.GetValues("x-request-id").Single());
    }

    [Fact]
    public async Task A_prediction_id_of_the_caller_is_kept()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/linear/infer") { Content = new StringContent(Row, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-prediction-id", "my-prediction-1");
        using var response = await Host.Http.SendAsync(request);

        Assert.Equal("my-prediction-1", response.Headers.GetValues("x-prediction-id").Single());
    }

    [Fact]
    public async Task A_prediction_id_that_cannot_be_kept_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/linear/infer") { Content = new StringContent(Row, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("x-prediction-id", "has a space");

        Assert.Contains("x-prediction-id", await ErrorAsync(Host.Http.SendAsync(request), HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("POST", "/v2/models/nobody/infer", 404, "No version of a model 'nobody'")]
    [InlineData("POST", "/v2/models/linear/versions/9/infer", 404, "no version or alias '9'")]
    [InlineData("POST", "/v2/models/linear/versions/nobody/infer", 404, "no version or alias 'nobody'")]
    [InlineData("POST", "/v2/models/unpromoted/infer", 404, "has no champion")]
    [InlineData("GET", "/v2/models/linear/infer", 405, "does not take GET")]
    [InlineData("DELETE", "/v2/models/linear", 405, "does not take DELETE")]
    [InlineData("POST", "/v2", 405, "does not take POST")]
    [InlineData("GET", "/v2/nothing/here", 404, "nothing at")]
    [InlineData("GET", "/v2/models/nobody", 404, "No version of a model 'nobody'")]
    [InlineData("GET", "/v2/models/linear/versions/9", 404, "no version or alias '9'")]
    [InlineData("GET", "/v2/models/nobody/ready", 400, "not ready")]
    public async Task Every_error_has_its_status_and_says_what_is_wrong(string method, string path, int status, string expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = new StringContent(Row, Encoding.UTF8, "application/json");

        Assert.Contains(expected, await ErrorAsync(Host.Http.SendAsync(request), (HttpStatusCode)status));
    }

    [Fact]
    public async Task A_malformed_body_is_refused() =>
        Assert.Contains("not valid JSON", await ErrorAsync(Host.PostAsync("/v2/models/linear/infer", "{\"inputs\":["), HttpStatusCode.BadRequest));

    [Fact]
    public async Task Inputs_on_which_the_model_fails_are_refused_with_the_reason()
    {
        var error = await ErrorAsync(
            Host.PostAsync("/v2/models/lookup/infer", """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[99]}]}"""),
            HttpStatusCode.BadRequest);

        Assert.Contains("idx=99", error);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_whether_it_says_its_length_or_not()
    {
        var large = new byte[fixture.MaxBodyBytes + 1];

        Assert.Contains("larger than", await ErrorAsync(
            Host.Http.PostAsync("/v2/models/linear/infer", new ByteArrayContent(large)), HttpStatusCode.RequestEntityTooLarge));
        Assert.Contains("larger than", await ErrorAsync(
            Host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v2/models/linear/infer")
            {
                Content = new ByteArrayContent(large),
                Headers = { TransferEncodingChunked = true },
            }), HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task A_body_that_says_to_be_too_large_is_refused_before_the_model_is_looked_for() =>
        await ErrorAsync(
            Host.Http.PostAsync("/v2/models/nobody/infer", new ByteArrayContent(new byte[fixture.MaxBodyBytes + 1])), HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Numbers_that_are_not_finite_are_written_as_null()
    {
        var answer = await Host.InferAsync("linear", """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[null,1,3e38]}],"outputs":[{"name":"doubled"}]}""");

        Assert.Equal("[null,2,null]", answer["outputs"]![0]!["data"]!.ToJsonString());
        Assert.Equal(2, (int?)answer["outputs"]![0]!["parameters"]!["non_finite_as_null"]);
    }

    [Fact]
    public async Task Callers_at_once_each_get_their_own_rows()
    {
        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var rows = i % 4 + 1;
            var data = string.Join(',', Enumerable.Range(0, rows).Select(row => $"{i},{row},0"));
            var answer = await Host.InferAsync("linear",
                $$"""{"id":"{{i}}","inputs":[{"name":"x","shape":[{{rows}},3],"datatype":"FP32","data":[{{data}}]}],"outputs":[{"name":"sum"}]}""");

            Assert.Equal(i.ToString(), (string?)answer["id"]);
            Assert.Equal(Enumerable.Range(0, rows).Select(row => (float)(i + row * 10)), answer["outputs"]![0]!["data"]!.AsArray().Select(value => (float)value!));
        });
    }

    internal static async Task<string> ErrorAsync(Task<HttpResponseMessage> request, HttpStatusCode expected)
    {
        var body = (await request.JsonAsync(expected)).AsObject();
        Assert.Equal(["error"], body.Select(member => member.Key));
        return (string)body["error"]!;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public int MaxBodyBytes => 1 << 20;

        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(
            registry =>
            {
                registry.Deploy("linear", "2", TinyModels.Linear());
                registry.Deploy("linear", "1", TinyModels.Linear(1, 1, 1), "challenger");
                registry.Deploy("unpromoted", "1", TinyModels.Linear(), "challenger");
                registry.Deploy("add", "1", TinyModels.Add());
                registry.Deploy("echo", "1", TinyModels.Identity(Datatype.Bytes, "n"));
                registry.Deploy("fixed", "1", TinyModels.FixedShape());
                registry.Deploy("lookup", "1", TinyModels.Lookup());
            },
            new KeyValuePair<string, string?>("Inference:MaxBodyBytes", MaxBodyBytes.ToString()));

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
