using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.MLflow;

public sealed class RegistrationTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private const string Index = """
        flavors:
          onnx:
            data: model.onnx
          python_function: {loader_module: mlflow.onnx}
        saved_input_example_info: {artifact_path: example.json}
        signature:
          inputs: '[{"type": "float", "name": "age"}, {"type": "float", "name": "amount"}, {"type": "float", "name": "duration"}]'
          outputs: null
        """;

    private readonly MLflowClient _mlflow = new(registry.Http);

    [Fact]
    public async Task What_a_run_logged_and_MLmodel_says_is_the_versions()
    {
        var name = await registry.RegisterAsync();
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        await _mlflow.PostAsync("runs/log-batch", new
        {
            run_id = run,
            metrics = new object[] { new { key = "accuracy", value = 0.9, timestamp = 1 }, new { key = "odd", value = "NaN", timestamp = 1 } },
            @params = new[] { new { key = "lr", value = "0.1" } },
            tags = new[] { new { key = "mlflow.source.git.commit", value = "3b18e512" } },
        });
        await _mlflow.PostAsync("runs/log-inputs", new
        {
            run_id = run,
            datasets = new[] { Input("holdout", "d2", "eval"), Input("credit-g", "d1", "training") },
        });

        await CreateAsync(name, await PackageAsync(Index), run);

        var version = await registry.GetAsync($"/v1/models/{name}/versions/1");
        Assert.Equal("ready", (string?)version["status"]);
        Assert.Equal(["age", "amount", "duration"], version["metadata"]!["features"]!.AsArray().Select(feature => (string)feature!["name"]!));
        Assert.Equal("""{"age":44}""", version["package"]!["inputExample"]!.ToJsonString());
        Assert.Equal(["onnxruntime==1.23.2", "numpy"], version["package"]!["requirements"]!.AsArray().Select(line => (string)line!));
        var lineage = await registry.GetAsync($"/v1/models/{name}/versions/1/lineage");
        Assert.Equal((run, "credit-g", "d1", "3b18e512"), ((string?)lineage["run"], (string?)lineage["dataset"]!["name"], (string?)lineage["dataset"]!["digest"], (string?)lineage["code"]!["commit"]));
        Assert.Equal("""{"accuracy":0.9}""", lineage["metrics"]!.ToJsonString());
        Assert.Equal("0.1", (string?)lineage["params"]!["lr"]);
    }

    [Fact]
    public async Task An_alias_of_MLflows_is_a_promotion_that_gates_decide()
    {
        var name = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.8 } } });
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        await _mlflow.LogAsync(run, "accuracy", 0.7);
        await CreateAsync(name, await PackageAsync(Index), run);

        var message = await _mlflow.RefusedAsync(HttpStatusCode.Conflict, "RESOURCE_CONFLICT", "registered-models/alias", new { name, alias = "champion", version = "1" });
        Assert.Contains("The 0.7 that its author declares passes no gate.", message);
        Assert.Equal("promotion_refused", (string?)(await registry.ItemsAsync($"/v1/models/{name}/history"))[0]!["action"]);

        await registry.Http.PutAsJsonAsync($"/v1/models/{name}/gates", new { sizeBytes = new { atMost = 1_000_000 } }).JsonAsync();
        await CreateAsync(name, await PackageAsync(Index), run);
        await _mlflow.PostAsync("registered-models/alias", new { name, alias = "champion", version = "2" });
        Assert.Equal("2", await registry.ChampionAsync(name));
        await Eventually.TrueAsync(() => registry.Heard.Any(promoted => promoted.Model == name && promoted.Version == "2"), "the promotion is heard of");
        Assert.Equal("Production", (string?)(await _mlflow.GetAsync($"model-versions/get?name={name}&version=2"))["model_version"]!["current_stage"]);
    }

    [Theory]
    [InlineData("flavors: {sklearn: {pickled_model: model.pkl}}", "skl2onnx.to_onnx")]
    [InlineData("flavors: {spacy: {data: x}}", "mlflow.onnx.log_model")]
    [InlineData("not: [yaml", "no form of it")]
    [InlineData("a: &a [1]\nb: *a", "no form of it")]
    [InlineData("flavors: onnx\nsignature: none\nsaved_input_example_info: [1]", "no form of it")]
    [InlineData("flavors: {onnx: x}\nsignature: {inputs: '[1, {\"name\": 2}]', outputs: '{\"a\":1,\"a\":2}'}", "mlflow.onnx.log_model")]
    public async Task A_version_without_an_ONNX_file_is_kept_and_says_what_would_help(string index, string hint)
    {
        var name = await registry.RegisterAsync();
        var folder = $"p/{Guid.NewGuid():n}";
        await _mlflow.PutAsync($"{folder}/MLmodel", Encoding.UTF8.GetBytes(index));

        var created = await CreateAsync(name, folder);

        Assert.Equal("READY", (string?)created["status"]);
        Assert.Contains(hint, (string?)created["status_message"]);
        Assert.Equal("not_servable", (string?)(await registry.GetAsync($"/v1/models/{name}/versions/1"))["status"]);
        Assert.Contains("ONNX", await _mlflow.RefusedAsync(HttpStatusCode.Conflict, "RESOURCE_CONFLICT", "registered-models/alias", new { name, alias = "a", version = "1" }));
    }

    [Fact]
    public async Task Depth_beyond_what_a_package_needs_is_not_read()
    {
        var name = await registry.RegisterAsync();
        var folder = $"p/{Guid.NewGuid():n}";
        await _mlflow.PutAsync($"{folder}/MLmodel", Encoding.UTF8.GetBytes($"a: {new string('[', 100)}{new string(']', 100)}"));
        Assert.Contains("no form of it", (string?)(await CreateAsync(name, folder))["status_message"]);
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("file:///etc")]
    [InlineData("mlflow-artifacts:/a/../b")]
    [InlineData("mlflow-artifacts:/a/%2e%2e/b")]
    public async Task A_source_that_is_no_address_is_refused(string source)
    {
        var name = await registry.RegisterAsync();
        await _mlflow.RefusedAsync(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "model-versions/create", new { name, source });
    }

    [Fact]
    public async Task What_was_uploaded_to_the_platform_is_seen_and_downloaded_by_MLflow()
    {
        var name = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(name, "1");

        var found = (await _mlflow.GetAsync($"model-versions/search?filter={Uri.EscapeDataString($"name = '{name}'")}"))["model_versions"]!.AsArray();
        Assert.Equal([("2", "None"), ("1", "Production")], found.Select(version => ((string)version!["version"]!, (string)version["current_stage"]!)));
        var uri = (string)(await _mlflow.GetAsync($"model-versions/get-download-uri?name={name}&version=1"))["artifact_uri"]!;
        var path = uri["mlflow-artifacts:/".Length..];
        Assert.Equal(TinyModels.Linear(1).ToArray(), await registry.Http.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/{path}/model.onnx"));
        Assert.Contains("mlflow.onnx", await registry.Http.GetStringAsync($"/model-versions/get-artifact?name={name}&version=1&path=MLmodel"));
    }

    [Fact]
    public async Task A_folder_whose_weights_lie_in_a_file_beside_the_model_can_be_served()
    {
        var name = await registry.RegisterAsync();
        var model = ExternalModels.Layer();
        var folder = await PackageAsync("flavors: {onnx: {data: model.onnx}}", model.Model);
        foreach (var (file, content) in model.Files) await _mlflow.PutAsync($"{folder}/{file}", content);

        await CreateAsync(name, folder);
        var lacking = await PackageAsync("flavors: {onnx: {data: model.onnx}}", model.Model);
        await _mlflow.PutAsync($"{lacking}/biases.bin", model.Files["biases.bin"]);
        await CreateAsync(name, lacking);

        var version = await registry.GetAsync($"/v1/models/{name}/versions/1");
        Assert.Equal("ready", (string?)version["status"]);
        Assert.Equal(["model.onnx", "biases.bin", "model.onnx.data"], version["files"]!.AsArray().Select(file => (string?)file!["name"]));
        Assert.All((await registry.PromoteAsync(name, "1"))["gates"]!.AsArray(), gate => Assert.True((bool?)gate!["passed"]));
        Assert.Contains("('model.onnx.data'), which was not sent", (string?)(await registry.GetAsync($"/v1/models/{name}/versions/2"))["statusMessage"]);
    }

    [Fact]
    public async Task What_was_uploaded_in_several_files_is_downloaded_by_MLflow_as_such()
    {
        var name = await registry.RegisterAsync();
        var model = ExternalModels.Layer();
        await registry.Http.PostAsync($"/v1/models/{name}/versions", Uploads.ExternalBody.Parts(model)).JsonAsync(HttpStatusCode.Created);

        var uri = (string)(await _mlflow.GetAsync($"model-versions/get-download-uri?name={name}&version=1"))["artifact_uri"]!;
        var path = uri["mlflow-artifacts:/".Length..];

        foreach (var (file, content) in model.Files.Append(new("model.onnx", model.Model)))
            Assert.Equal(content, await registry.Http.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/{path}/{file}"));
    }

    [Fact]
    public async Task Many_who_ask_at_once_get_the_files_that_are_stored_again_only_where_they_are_not_whole()
    {
        var name = await registry.RegisterAsync();
        var model = ExternalModels.Layer();
        var own = model with { Files = new Dictionary<string, byte[]>(model.Files) { [ExternalModels.Biases] = [.. model.Files[ExternalModels.Biases][..8], 7, 7, 7, 0] } };
        var version = await registry.Http.PostAsync($"/v1/models/{name}/versions", Uploads.ExternalBody.Parts(own)).JsonAsync(HttpStatusCode.Created);
        var damaged = (string)version["files"]!.AsArray().Single(file => (string?)file!["name"] == ExternalModels.Biases)!["sha256"]!;
        Directory.CreateDirectory(Path.GetDirectoryName(registry.ArtifactPath(damaged))!);
        await File.WriteAllTextAsync(registry.ArtifactPath(damaged), "cut");

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _mlflow.GetAsync($"model-versions/get-download-uri?name={name}&version=1")));

        var path = ((string)asked[0]["artifact_uri"]!)["mlflow-artifacts:/".Length..];
        foreach (var (file, content) in own.Files.Append(new("model.onnx", own.Model)))
            Assert.Equal(content, await registry.Http.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/{path}/{file}"));
    }

    [Fact]
    public async Task Of_a_damaged_version_in_several_files_MLflow_is_told_that_it_is_not_there()
    {
        var name = await registry.RegisterAsync();
        var model = ExternalModels.Layer();
        var own = model with { Files = new Dictionary<string, byte[]>(model.Files) { [ExternalModels.Biases] = [.. model.Files[ExternalModels.Biases][..8], 8, 8, 8, 0] } };
        var version = await registry.Http.PostAsync($"/v1/models/{name}/versions", Uploads.ExternalBody.Parts(own)).JsonAsync(HttpStatusCode.Created);
        var path = registry.ArtifactPath((string)version["sha256"]!);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..1000]);

        var answer = await registry.Http.GetAsync($"/api/2.0/mlflow/model-versions/get-download-uri?name={name}&version=1").JsonAsync(HttpStatusCode.NotFound);

        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (string?)answer["error_code"]);
    }

    [Fact]
    public async Task A_version_in_several_files_that_was_downloaded_as_one_is_taken_as_such()
    {
        var name = await registry.RegisterAsync();
        await registry.Http.PostAsync($"/v1/models/{name}/versions", Uploads.ExternalBody.Parts(ExternalModels.Layer())).JsonAsync(HttpStatusCode.Created);
        var whole = await registry.Http.GetByteArrayAsync($"/v1/models/{name}/versions/1/artifact");

        await CreateAsync(name, await PackageAsync("flavors: {onnx: {data: model.onnx}}", whole));

        var (first, second) = (await registry.GetAsync($"/v1/models/{name}/versions/1"), await registry.GetAsync($"/v1/models/{name}/versions/2"));
        Assert.Equal(("ready", (string?)first["sha256"]), ((string?)second["status"], (string?)second["sha256"]));
        Assert.Equal(first["files"]!.ToJsonString(), second["files"]!.ToJsonString());
    }

    [Fact]
    public async Task A_deleted_name_may_be_taken_again_and_numbers_go_on()
    {
        var name = await registry.RegisterWithVersionsAsync(1);
        await _mlflow.SendAsync(HttpMethod.Delete, "registered-models/delete", new { name });
        Assert.Equal(HttpStatusCode.NotFound, (await registry.Http.GetAsync($"/v1/models/{name}/versions/1")).StatusCode);

        await _mlflow.PostAsync("registered-models/create", new { name });
        Assert.Empty(await registry.ItemsAsync($"/v1/models/{name}/versions"));
        Assert.Equal("2", (string?)(await registry.UploadAsync(name, new UploadBody()))["version"]);
    }

    [Fact]
    public async Task What_serves_is_not_deleted()
    {
        var name = await registry.RegisterWithVersionsAsync(1);
        await registry.PromoteAsync(name, "1");
        await _mlflow.SendAsync(HttpMethod.Delete, "model-versions/delete", new { name, version = "1" }, HttpStatusCode.Conflict);
        await _mlflow.SendAsync(HttpMethod.Delete, "registered-models/delete", new { name }, HttpStatusCode.Conflict);
        await _mlflow.SendAsync(HttpMethod.Delete, "registered-models/alias", new { name, alias = "champion" }, HttpStatusCode.Conflict);
        await _mlflow.PostAsync("registered-models/rename", new { name, new_name = $"{name}-2" }, HttpStatusCode.Conflict);
        Assert.Equal("1", await registry.ChampionAsync(name));
    }

    [Fact]
    public async Task The_version_before_is_archived_where_that_is_asked_for()
    {
        var name = await registry.RegisterWithVersionsAsync(2);
        foreach (var version in new[] { "1", "2" })
            await _mlflow.PostAsync("model-versions/transition-stage", new { name, version, stage = "production", archive_existing_versions = true });

        var stages = (await _mlflow.GetAsync($"registered-models/get?name={name}"))["registered_model"]!["latest_versions"]!.AsArray()
            .ToDictionary(version => (string)version!["version"]!, version => (string)version!["current_stage"]!);
        Assert.Equal(("Archived", "Production"), (stages["1"], stages["2"]));
    }

    private static object Input(string name, string digest, string context) => new
    {
        tags = new[] { new { key = "mlflow.data.context", value = context } },
        dataset = new { name, digest, source_type = "http", source = "https://example.org/credit.csv" },
    };

    private async Task<string> PackageAsync(string index, byte[]? model = null)
    {
        var folder = $"p/{Guid.NewGuid():n}";
        await _mlflow.PutAsync($"{folder}/MLmodel", Encoding.UTF8.GetBytes(index));
        await _mlflow.PutAsync($"{folder}/model.onnx", model ?? TinyModels.Linear().ToArray());
        await _mlflow.PutAsync($"{folder}/requirements.txt", "onnxruntime==1.23.2\nnumpy\n"u8.ToArray());
        await _mlflow.PutAsync($"{folder}/example.json", """{"age":44}"""u8.ToArray());
        return folder;
    }

    private async Task<JsonNode> CreateAsync(string name, string folder, string? run = null) =>
        (await _mlflow.PostAsync("model-versions/create", new { name, source = $"mlflow-artifacts:/{folder}", run_id = run }))["model_version"]!;
}
