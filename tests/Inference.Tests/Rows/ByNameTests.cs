using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Rows;

/// <summary>Calls by feature name on a real server. The model answers age + 10 · purpose + 100 · savings, and each of them doubled.</summary>
public sealed class ByNameTests(ByNameTests.Fixture fixture) : IClassFixture<ByNameTests.Fixture>
{
    private const string Row = """{"rows":[{"age":44,"purpose":"tv","savings":3}]}""";

    private InferenceHost Host => fixture.Host;

    [Fact]
    public async Task A_row_is_answered_with_its_id_its_class_and_every_output()
    {
        using var response = await Host.PostAsync("/v1/models/credit/predictions", Row);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        var id = response.Headers.GetValues("x-prediction-id").Single();
        Assert.Equal("1", response.Headers.GetValues("x-model-version").Single());
        Assert.NotEmpty(response.Headers.GetValues("x-request-id").Single());
        Assert.Equal($$$"""
            {"model":"credit","version":"1","rows":[{"predictionId":"{{{id}}}:0","class":"bad","score":354,"outputs":{"sum":[354],"doubled":[88,2,6]}}]}

            """, text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Several_rows_are_answered_in_their_order_and_what_is_missing_reaches_the_model()
    {
        using var request = Request("credit", """
            {"rows":[{"age":1,"purpose":"car","savings":0},{"savings":1,"purpose":"car","age":0},{"age":null,"purpose":"tv","savings":1}]}
            """);
        request.Headers.Add("x-prediction-id", "say \"when\"".Replace(' ', '-'));
        var rows = (await Host.Http.SendAsync(request).JsonAsync())["rows"]!.AsArray();

        Assert.Equal(["say-\"when\":0", "say-\"when\":1", "say-\"when\":2"], rows.Select(row => (string?)row!["predictionId"]));
        Assert.Equal(["good", "bad", null], rows.Select(row => (string?)row!["class"]));
        Assert.Equal([1f, 100f, null], rows.Select(row => (float?)row!["score"]));
        Assert.Equal("""[[2,0,0],[0,0,2],[null,2,2]]""", new JsonArray([.. rows.Select(row => row!["outputs"]!["doubled"]!.DeepClone())]).ToJsonString());
    }

    [Theory]
    [InlineData("versions/1/predictions", "1")]
    [InlineData("versions/challenger/predictions", "2")]
    public async Task Versions_and_aliases_are_called(string path, string version) =>
        Assert.Equal(version, (string?)(await Host.PostAsync($"/v1/models/credit/{path}", Row).JsonAsync())["version"]);

    [Theory]
    [InlineData("several", "c", 6)]
    [InlineData("number", null, null)]
    [InlineData("opaque", null, null)]
    public async Task What_the_output_means_is_what_the_metadata_says(string model, string? expected, int? score)
    {
        var row = (await Host.PostAsync($"/v1/models/{model}/predictions", """{"rows":[{"x[0]":1,"x[1]":2,"x[2]":3}]}""").JsonAsync())["rows"]![0]!.AsObject();

        Assert.Equal((expected, score), ((string?)row["class"], (int?)row["score"]));
        Assert.Equal(model == "number" ? 321 : null, (int?)row["value"]);
        Assert.Equal("[321]", row["outputs"]!["sum"]!.ToJsonString());
    }

    [Fact]
    public async Task A_class_may_be_the_output_itself()
    {
        var rows = (await Host.PostAsync("/v1/models/named/predictions", """{"rows":[{"word":"1"},{"word":"BAD"},{"word":""}]}""").JsonAsync())["rows"]!.AsArray();

        Assert.Equal(["bad", "BAD", null], rows.Select(row => (string?)row!["class"]));
        Assert.Equal(["1", "BAD", ""], rows.Select(row => (string?)row!["outputs"]!["y"]));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        var problem = await Host.PostAsync("/v1/models/credit/predictions", """{"rows":[{"age":"x","purpose":"boat","colour":1}]}""").JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("inference.rows_invalid", (string?)problem["code"]);
        Assert.Equal(["rows[0].age", "rows[0].purpose", "rows[0].colour", "rows[0].savings"], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("credit", """{"rows":""", 400, "inference.request_invalid")]
    [InlineData("credit", """{"inputs":[]}""", 400, "inference.request_invalid")]
    [InlineData("fixed", """{"rows":[{}]}""", 422, "inference.rows_unsupported")]
    [InlineData("nobody", Row, 404, "inference.model_unknown")]
    public async Task Every_refusal_has_its_code(string model, string body, int status, string code) =>
        Assert.Equal(code, (string?)(await Host.PostAsync($"/v1/models/{model}/predictions", body).JsonAsync((HttpStatusCode)status))["code"]);

    [Fact]
    public async Task Raw_bytes_are_refused()
    {
        using var request = Request("credit", Row);
        request.Headers.Add("Inference-Header-Content-Length", "3");

        Assert.Equal("inference.request_invalid", (string?)(await Host.Http.SendAsync(request).JsonAsync(HttpStatusCode.BadRequest))["code"]);
    }

    [Fact]
    public async Task A_request_without_rows_is_answered_with_none() =>
        Assert.Equal("""{"model":"credit","version":"1","rows":[]}""",
            (await Host.PostAsync("/v1/models/credit/predictions", """{"rows":[]}""").JsonAsync()).ToJsonString());

    [Fact]
    public async Task The_models_metadata_lists_what_the_author_named()
    {
        var named = (await Host.Http.GetAsync("/v2/models/credit").JsonAsync())["parameters"]!["features"]!.AsArray();
        var unnamed = (await Host.Http.GetAsync("/v2/models/opaque").JsonAsync())["parameters"]!.AsObject();

        Assert.Equal(["age", "purpose", "savings"], named.Select(feature => (string?)feature!["name"]));
        Assert.Equal("""{"name":"purpose","kind":"categorical","input":"x","datatype":"FP32","nullable":true,"categories":["car","tv"]}""", named[1]!.ToJsonString());
        Assert.False(unnamed.ContainsKey("features"));
    }

    [Theory]
    [InlineData("/v2/models/credit/openapi.json", "/v1/models/credit/predictions", "/v2/models/credit/infer")]
    [InlineData("/v2/models/credit/versions/challenger/openapi.json", "/v1/models/credit/versions/challenger/predictions", "/v2/models/credit/versions/challenger/infer")]
    [InlineData("/v2/models/fixed/openapi.json", "/v2/models/fixed/infer")]
    public async Task A_model_describes_its_own_calls(string path, params string[] calls)
    {
        var document = await Host.Http.GetAsync(path).JsonAsync();

        Assert.Equal(calls, document["paths"]!.AsObject().Select(call => call.Key));
        if (calls.Length == 2)
            Assert.Equal("""{"age":{"type":["number","null"]},"purpose":{"enum":["car","tv",null]},"savings":{"type":["number","null"]}}""",
                document["components"]!["schemas"]!["Features"]!["properties"]!.ToJsonString());
    }

    [Fact]
    public async Task The_record_is_that_of_the_same_call_with_tensors()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear(), metadata: Credit));
        await CallAsync(host, "named", "/v1/models/m/predictions", Row, HttpStatusCode.OK);
        await CallAsync(host, "tensors", "/v2/models/m/infer", """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[44,1,3]}]}""", HttpStatusCode.OK);
        await CallAsync(host, "wrong", "/v1/models/m/predictions", """{"rows":[{}]}""", HttpStatusCode.UnprocessableEntity);

        var records = (await host.ReadLogAsync(3)).ToDictionary(record => record.Id, record => record.Data);

        Assert.Equal(PredictionStatus.Succeeded, records["named"].Status);
        Assert.Equal(["age", "purpose", "savings"], records["named"].Inputs[0].Features);
        Assert.Equal(Told(records["tensors"]), Told(records["named"]));
        Assert.Equal(PredictionStatus.Rejected, records["wrong"].Status);
        Assert.Contains("rows[0].age: is missing.", records["wrong"].Error);
    }

    private static async Task CallAsync(InferenceHost host, string id, string path, string body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-prediction-id", id);
        await host.Http.SendAsync(request).JsonAsync(expected);
    }

    private static string Told(PredictionData record) => string.Join(';', record.Inputs.Concat(record.Outputs)
        .Select(tensor => $"{tensor.Name} {tensor.Datatype} {string.Join(',', tensor.Shape)} {tensor.Data.GetRawText()}"));

    private static HttpRequestMessage Request(string model, string body) => new(HttpMethod.Post, $"/v1/models/{model}/predictions")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    internal static VersionMetadata Credit { get; } = new()
    {
        Task = "binary_classification",
        Output = "sum",
        Classes = ["good", "bad"],
        Threshold = 100,
        Features = [new() { Name = "age" }, new() { Name = "purpose", Kind = "categorical", Categories = ["car", "tv"] }, new() { Name = "savings" }],
    };

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("credit", "1", TinyModels.Linear(), metadata: Credit);
            registry.Deploy("credit", "2", TinyModels.Linear(), alias: "challenger", metadata: Credit);
            registry.Deploy("several", "1", TinyModels.Linear(), metadata: new() { Output = "doubled", Classes = ["a", "b", "c"] });
            registry.Deploy("number", "1", TinyModels.Linear(), metadata: new() { Task = "regression" });
            registry.Deploy("opaque", "1", TinyModels.Linear());
            registry.Deploy("fixed", "1", TinyModels.FixedShape());
            registry.Deploy("named", "1", TinyModels.Identity(Datatype.Bytes, "n"), metadata: new()
            {
                Classes = ["good", "bad"],
                Features = [new() { Name = "word", Kind = "text" }],
            });
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
