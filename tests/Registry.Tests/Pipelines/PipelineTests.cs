using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Pipelines;

public sealed class PipelineTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public async Task A_pipeline_is_described_with_its_parts_as_they_were_when_it_was_made()
    {
        var part = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(part, "1");
        var model = await registry.RegisterAsync();

        var version = await MakeAsync(model, Chain(part, "champion", "2"));
        await registry.PromoteAsync(part, "2"); // which changes nothing of it

        Assert.Equal(("pipeline", "ready", "1"), ((string?)version["kind"], (string?)version["status"], (string?)version["version"]));
        Assert.Equal("""[{"name":"x","datatype":"FP32","shape":[-1,3]}]""", version["signature"]!["inputs"]!.ToJsonString());
        Assert.Equal("""[{"name":"sum","datatype":"FP32","shape":[-1,1]}]""", version["signature"]!["outputs"]!.ToJsonString());
        var parts = (await registry.GetAsync($"/v1/models/{model}/versions/1"))["parts"]!.AsArray();
        Assert.Equal([("first", "1", "champion"), ("second", "2", null)],
            parts.Select(each => ((string?)each!["step"], (string?)each["version"], (string?)each["alias"])));
        Assert.Equal(parts.ToJsonString(), (await registry.GetAsync($"/v1/models/{model}/versions/1/lineage"))["parts"]!.ToJsonString());

        var document = await registry.GetAsync($"/v1/models/{model}/versions/1/artifact");
        Assert.Equal((string?)parts[0]!["sha256"], (string?)document["steps"]![0]!["sha256"]);
        Assert.Equal("1", (string?)document["steps"]![0]!["version"]);
    }

    [Fact]
    public async Task The_same_pipeline_is_the_same_file()
    {
        var part = await registry.RegisterWithVersionsAsync(1);
        var model = await registry.RegisterAsync();

        Assert.Equal((string?)(await MakeAsync(model, Chain(part, "1", "1")))["sha256"], (string?)(await MakeAsync(model, Chain(part, "1", "1")))["sha256"]);
    }

    [Fact]
    public async Task It_passes_the_gates_on_its_own_reference_rows_and_is_promoted()
    {
        var part = await registry.RegisterWithVersionsAsync(1);
        var model = await registry.RegisterAsync(new { metrics = new { mae = new { atMost = 0.001 } } });
        var pipeline = Chain(part, "1", "1");
        pipeline["metadata"] = JsonNode.Parse("""{"task":"regression","output":"sum","target":"label"}""");
        pipeline["reference"] = new JsonArray([.. Enumerable.Range(0, 20).Select(i => new JsonObject { ["x1"] = i, ["x2"] = 2, ["x3"] = 3, ["label"] = 2 * i + 640 })]);
        var version = await MakeAsync(model, pipeline);

        var promoted = await registry.PromoteAsync(model, "1");

        Assert.Equal(20, (int?)version["reference"]!["rows"]);
        Assert.All(promoted["gates"]!.AsArray(), gate => Assert.True((bool?)gate!["passed"], gate.ToJsonString()));
        Assert.Equal(0, (double?)promoted["gates"]!.AsArray().Single(gate => (string?)gate!["metric"] == "mae")!["measured"]);
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task Where_the_signature_changes_it_does_not_replace_what_serves()
    {
        var part = await registry.RegisterWithVersionsAsync(1);
        await registry.PromoteAsync(part, "1");
        var pipeline = Chain(part, "1", "1");
        pipeline["outputs"] = new JsonObject { ["other"] = "second.sum" };
        await MakeAsync(part, pipeline);

        await registry.Http.PostAsJsonAsync($"/v1/models/{part}/promotions", new { version = "2", alias = "champion" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.gates_failed");
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_step()
    {
        var part = await registry.RegisterWithVersionsAsync(1);
        var model = await registry.RegisterAsync();
        var pipeline = Chain(part, "7", "1");
        pipeline["steps"]![1]!["inputs"] = new JsonObject { ["x"] = "first.nothing", ["z"] = "input.x" };
        pipeline["steps"]!.AsArray().Add(JsonNode.Parse("""{"name":"third","model":"nobody","version":"champion","inputs":{"x":"input.x"}}"""));

        var problem = await PostAsync(model, pipeline).JsonAsync(HttpStatusCode.UnprocessableEntity);

        var errors = problem["errors"]!.AsObject().Select(error => error.Key);
        Assert.Equal(["steps[0].version", "steps[1].inputs", "steps[2]", "steps[2].model"], errors);
        Assert.Empty(await registry.ItemsAsync($"/v1/models/{model}/versions"));
    }

    [Theory]
    [InlineData("""{"kind":"ensemble","inputs":[],"steps":[],"outputs":{}}""", HttpStatusCode.UnprocessableEntity, "registry.pipeline_invalid")]
    [InlineData("""{"kind":"pipeline"}""", HttpStatusCode.UnprocessableEntity, "registry.pipeline_invalid")]
    [InlineData("""{"kind":"pipeline","inputs":[null],"steps":[null],"outputs":{"y":null}}""", HttpStatusCode.UnprocessableEntity, "registry.pipeline_invalid")]
    [InlineData("""{"inputs":[]}""", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("""{"kind":"pipeline","parts":[]}""", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("""{"kind":"pipeline","steps":"all"}""", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("null", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("", HttpStatusCode.BadRequest, "request.invalid")]
    public async Task What_is_no_pipeline_is_refused(string body, HttpStatusCode status, string code)
    {
        var model = await registry.RegisterAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await registry.Http.PostAsync($"/v1/models/{model}/versions", content).ProblemAsync(status, code);
    }

    [Fact]
    public async Task A_document_beyond_a_mebibyte_is_refused_before_its_steps_are_looked_at()
    {
        var model = await registry.RegisterAsync();
        using var content = new StringContent($$"""{"kind":"pipeline","steps":[{{string.Join(',', Enumerable.Repeat("{}", 400_000))}}]}""", Encoding.UTF8, "application/json");

        await registry.Http.PostAsync($"/v1/models/{model}/versions", content).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task Metadata_and_reference_rows_are_held_against_the_signature_of_the_pipeline()
    {
        var part = await registry.RegisterWithVersionsAsync(1);
        var model = await registry.RegisterAsync();
        var (metadata, reference) = (Chain(part, "1", "1"), Chain(part, "1", "1"));
        metadata["metadata"] = JsonNode.Parse("""{"output":"doubled"}""");
        reference["reference"] = JsonNode.Parse("""[{"x1":1,"x2":"two","x3":3}]""");

        await PostAsync(model, metadata).ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.metadata_invalid");
        await PostAsync(model, reference).ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.reference_invalid");
    }

    [Fact]
    public async Task A_pipeline_is_no_part_of_another()
    {
        var part = await registry.RegisterWithVersionsAsync(1);
        var model = await registry.RegisterAsync();
        await MakeAsync(model, Chain(part, "1", "1"));
        var nested = Chain(part, "1", "1");
        nested["steps"]![1]!["model"] = model;

        var problem = await PostAsync(model, nested).JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("is a pipeline itself", (string?)problem["errors"]!["steps[1].version"]![0]);
    }

    [Fact]
    public async Task A_document_that_names_a_file_itself_is_refused_as_a_pipeline_and_as_a_model()
    {
        var part = await registry.RegisterWithVersionsAsync(1);
        var model = await registry.RegisterAsync();
        await MakeAsync(model, Chain(part, "1", "1"));
        var document = await registry.Http.GetStringAsync($"/v1/models/{model}/versions/1/artifact");
        using var content = new StringContent(document, Encoding.UTF8, "application/json");

        var problem = await registry.Http.PostAsync($"/v1/models/{model}/versions", content).JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("is set when the pipeline is made.", (string?)problem["errors"]!["steps[0].sha256"]![0]);
        await registry.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody { Model = Encoding.UTF8.GetBytes(document) }.ToContent())
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.model_invalid");
    }

    [Fact]
    public async Task What_a_pipeline_asks_cannot_be_deleted_before_the_pipeline()
    {
        var part = await registry.RegisterWithVersionsAsync(2);
        var model = await registry.RegisterAsync();
        await MakeAsync(model, Chain(part, "1", "1"));

        var refusal = await DeleteVersionAsync(part, "1");
        Assert.Equal(HttpStatusCode.Conflict, refusal.StatusCode);
        Assert.Contains($"is part of the pipeline that is version 1 of '{model}'", await refusal.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await DeleteModelAsync(part)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await DeleteVersionAsync(part, "2")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await DeleteVersionAsync(model, "1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await DeleteVersionAsync(part, "1")).StatusCode);
        await PostAsync(model, Chain(part, "1", "1")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.pipeline_invalid");
        Assert.Equal(HttpStatusCode.OK, (await DeleteModelAsync(part)).StatusCode);
    }

    [Fact]
    public async Task A_part_whose_file_is_lost_fails_the_gate_and_is_named()
    {
        var part = await registry.RegisterAsync();
        var digest = (string)(await registry.UploadAsync(part, new UploadBody { Model = TinyModels.Linear(4711).ToArray() }))["sha256"]!;
        var model = await registry.RegisterAsync();
        await MakeAsync(model, Chain(part, "1", "1"));
        File.Delete(registry.ArtifactPath(digest));

        var refused = await registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version = "1", alias = "champion" })
            .JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"Step 'first' ({part} version 1): its file is not here.", (string?)refused["gates"]![0]!["detail"]);
    }

    /// <summary>Of three numbers the sum of the doubled.</summary>
    private static JsonObject Chain(string part, string first, string second) => JsonNode.Parse($$$"""
        {"kind":"pipeline","inputs":[{"name":"x","datatype":"FP32","shape":[-1,3]}],
         "steps":[{"name":"first","model":"{{{part}}}","version":"{{{first}}}","inputs":{"x":"input.x"}},
                  {"name":"second","model":"{{{part}}}","version":"{{{second}}}","inputs":{"x":"first.doubled"}}],
         "outputs":{"sum":"second.sum"}}
        """)!.AsObject();

    private Task<HttpResponseMessage> PostAsync(string model, JsonObject pipeline) => registry.Http.PostAsJsonAsync($"/v1/models/{model}/versions", pipeline);

    private Task<JsonNode> MakeAsync(string model, JsonObject pipeline) => PostAsync(model, pipeline).JsonAsync(HttpStatusCode.Created);

    private Task<HttpResponseMessage> DeleteVersionAsync(string model, string version) =>
        DeleteAsync("model-versions/delete", new { name = model, version });

    private Task<HttpResponseMessage> DeleteModelAsync(string model) => DeleteAsync("registered-models/delete", new { name = model });

    private async Task<HttpResponseMessage> DeleteAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/2.0/mlflow/{path}") { Content = JsonContent.Create(body) };
        return await registry.Http.SendAsync(request);
    }
}
