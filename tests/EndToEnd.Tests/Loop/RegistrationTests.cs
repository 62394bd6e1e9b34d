using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.Hosting.Artifacts;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

public abstract class RegistrationTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task A_version_is_described_by_its_file_its_metadata_and_its_reference()
    {
        await RegisterAsync("described");
        var version = await _api.UploadAsync("described", CreditSample.Form(1)).JsonAsync(HttpStatusCode.Created);

        Assert.Equal("1", (string?)version["version"]);
        Assert.Equal("ready", (string?)version["status"]);
        Assert.Equal("""{"name":"input","datatype":"FP32","shape":[-1,20]}""", version["signature"]!["inputs"]![0]!.ToJsonString());
        Assert.Equal("""{"name":"probabilities","datatype":"FP32","shape":[-1,2]}""", version["signature"]!["outputs"]![0]!.ToJsonString());
        Assert.Equal(200, (int?)version["reference"]!["rows"]);
        Assert.Equal("bad", (string?)version["metadata"]!["positiveClass"]);
        Assert.Empty(version["aliases"]!.AsArray());
    }

    [Fact]
    public async Task The_stored_file_is_the_one_that_was_sent()
    {
        await RegisterAsync("stored");
        var version = await _api.UploadAsync("stored", CreditSample.Form(1)).JsonAsync(HttpStatusCode.Created);
        var sent = await File.ReadAllBytesAsync(Repository.PathOf("samples", "credit", "v1", "model.onnx"));
        var kept = await _api.Http.GetByteArrayAsync("/v1/models/stored/versions/1/artifact");
        Assert.Equal(sent, kept);
        Assert.Equal(Digest.OfBytes(sent), (string?)version["sha256"]);
    }

    [Fact]
    public async Task A_name_can_be_taken_once()
    {
        await RegisterAsync("taken");
        await _api.PostAsync("/v1/models", new JsonObject { ["name"] = "taken" }).ProblemAsync(HttpStatusCode.Conflict, "registry.model_exists");
    }

    [Theory]
    [InlineData("""{"name":"Not allowed"}""")]
    [InlineData("""{"name":"fine","surprise":1}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    public async Task A_body_that_is_not_a_model_is_refused(string body)
    {
        using var answer = await _api.PostAsync("/v1/models", JsonNode.Parse(body)!);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused_and_nothing_is_stored()
    {
        await RegisterAsync("broken");
        using var form = Form("not a model"u8.ToArray());
        await _api.UploadAsync("broken", form).ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.model_invalid");
        Assert.Empty((await _api.ReadAsync("/v1/models/broken/versions"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_and_nothing_is_stored()
    {
        await RegisterAsync("oversized");
        using var form = Form(new byte[Settings.LargestModelBytes + 1]);
        using var answer = await _api.UploadAsync("oversized", form);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty((await _api.ReadAsync("/v1/models/oversized/versions"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_part_that_nobody_asked_for_is_refused_and_nothing_is_stored()
    {
        await RegisterAsync("parted");
        using var form = CreditSample.Form(1);
        form.Add(new StringContent("?"), "weights", "weights.bin");
        using var answer = await _api.UploadAsync("parted", form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty((await _api.ReadAsync("/v1/models/parted/versions"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_version_of_a_model_that_does_not_exist_is_refused()
    {
        using var answer = await _api.UploadAsync("nobody", CreditSample.Form(1));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static MultipartFormDataContent Form(byte[] model) => new()
    {
        { new ByteArrayContent(model), "model", "model.onnx" },
        { new StringContent("{}"), "metadata", "metadata.json" },
    };

    private Task<JsonNode> RegisterAsync(string name) =>
        _api.PostAsync("/v1/models", new JsonObject { ["name"] = name }).JsonAsync(HttpStatusCode.Created);
}
