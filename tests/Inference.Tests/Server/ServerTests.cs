using System.Net;
using Platform.Inference.Tests.Predictions;
using Platform.TestKit;

namespace Platform.Inference.Tests.Server;

public sealed class ServerTests(InferTests.Fixture fixture) : IClassFixture<InferTests.Fixture>
{
    private HttpClient Http => fixture.Host.Http;

    [Fact]
    public async Task The_server_describes_itself()
    {
        var server = await Http.GetAsync("/v2").JsonAsync();

        Assert.Equal("platform", (string?)server["name"]);
        Assert.NotEmpty((string)server["version"]!);
        Assert.NotNull(server["extensions"]);
    }

    [Theory]
    [InlineData("/v2/health/live", """{"live":true}""")]
    [InlineData("/v2/health/ready", """{"ready":true}""")]
    [InlineData("/v2/models/linear/ready", """{"name":"linear","ready":true}""")]
    [InlineData("/v2/models/linear/versions/1/ready", """{"name":"linear","ready":true}""")]
    [InlineData("/v2/models/linear/versions/champion/ready", """{"name":"linear","ready":true}""")]
    public async Task Health_is_a_status_with_a_small_body(string path, string expected) =>
        Assert.Equal(expected, (await Http.GetAsync(path).JsonAsync()).ToJsonString());

    [Fact]
    public async Task A_model_describes_its_inputs_and_outputs()
    {
        var model = await Http.GetAsync("/v2/models/linear").JsonAsync();

        Assert.Equal("linear", (string?)model["name"]);
        Assert.Equal("""["1","2"]""", model["versions"]!.ToJsonString());
        Assert.Equal("onnxruntime_onnx", (string?)model["platform"]);
        Assert.Equal("""[{"name":"x","datatype":"FP32","shape":[-1,3]}]""", model["inputs"]!.ToJsonString());
        Assert.Equal("""[{"name":"sum","datatype":"FP32","shape":[-1,1]},{"name":"doubled","datatype":"FP32","shape":[-1,3]}]""", model["outputs"]!.ToJsonString());
        Assert.Equal("2", (string?)model["parameters"]!["version"]);
        Assert.Equal("cpu", (string?)model["parameters"]!["provider"]);
        Assert.True((bool)model["parameters"]!["batching"]!);
        Assert.Equal("""["champion"]""", model["parameters"]!["aliases"]!.ToJsonString());
    }

    [Fact]
    public async Task A_version_describes_itself()
    {
        var model = await Http.GetAsync("/v2/models/linear/versions/challenger").JsonAsync();

        Assert.Equal("1", (string?)model["parameters"]!["version"]);
    }

    [Fact]
    public async Task A_model_whose_rows_do_not_go_together_says_so() =>
        Assert.False((bool)(await Http.GetAsync("/v2/models/fixed").JsonAsync())["parameters"]!["batching"]!);

    [Fact]
    public async Task Every_route_is_described_in_OpenApi()
    {
        var document = await Http.GetAsync("/openapi/v1.json").JsonAsync();

        var infer = document["paths"]!["/v2/models/{model}/infer"]!["post"]!;
        Assert.NotNull(infer["requestBody"]!["content"]!["application/json"]!["example"]);
        Assert.Equal(["200", "400", "401", "403", "404", "413", "415", "500", "503", "default"], infer["responses"]!.AsObject().Select(response => response.Key).Order());
        Assert.Equal("#/components/schemas/InferRequest", (string?)infer["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]);
        Assert.Equal("#/components/schemas/InferResponse", (string?)infer["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]);
        Assert.Equal(["x-prediction-id", "x-model-version", "x-route", "Inference-Header-Content-Length", "x-request-id"],
            infer["responses"]!["200"]!["headers"]!.AsObject().Select(header => header.Key));
        Assert.Equal(["model", "x-prediction-id", "x-route-key", "x-route", "x-request-id", "Inference-Header-Content-Length"],
            infer["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]));
        Assert.NotNull(document["paths"]!["/v2/models/{model}/versions/{version}"]!["get"]);
    }

    [Fact]
    public async Task Readiness_waits_for_the_first_snapshot()
    {
        await using var host = await TestHost.StartAsync(
            builder =>
            {
                Hosting.Defaults.PlatformDefaults.AddPlatformDefaults(builder, InferenceService.Name);
                builder.AddInference();
                Hosting.Messaging.MessagingDefaults.AddPlatformMessaging(builder, InferenceService.Messaging);
            },
            app =>
            {
                Hosting.Defaults.PlatformDefaults.MapPlatformDefaults(app);
                app.MapInference();
            },
            [new("Registry:Address", $"http://127.0.0.1:{Ports.Free()}")]);

        await InferTests.ErrorAsync(host.Http.GetAsync("/v2/health/ready"), HttpStatusCode.BadRequest);
        await host.Http.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable);
        await host.Http.GetAsync("/v2/health/live").JsonAsync();
    }
}
