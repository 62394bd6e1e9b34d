using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Uploads;

public sealed class UploadTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private static readonly byte[] Linear = TinyModels.Linear().ToArray();

    [Fact]
    public async Task A_version_is_described_from_its_file()
    {
        var model = await registry.RegisterAsync();

        var version = await registry.UploadAsync(model, new UploadBody { Metadata = """{"description":"first","metrics":{"accuracy":0.77}}""" });

        Assert.Equal(model, version["model"]!.GetValue<string>());
        Assert.Equal("1", version["version"]!.GetValue<string>());
        Assert.Equal("ready", version["status"]!.GetValue<string>());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Linear)), version["sha256"]!.GetValue<string>());
        Assert.Equal(Linear.Length, version["sizeBytes"]!.GetValue<long>());
        Assert.Equal(17, version["opset"]!.GetValue<long>());
        Assert.Equal("test 1.0", version["producer"]!.GetValue<string>());
        Assert.Equal(FirstLoad.Build, (string?)version["vettedBy"]);
        Assert.Equal("""[{"name":"x","datatype":"FP32","shape":[-1,3]}]""", version["signature"]!["inputs"]!.ToJsonString());
        Assert.Equal("""[{"name":"sum","datatype":"FP32","shape":[-1,1]},{"name":"doubled","datatype":"FP32","shape":[-1,3]}]""",
            version["signature"]!["outputs"]!.ToJsonString());
        Assert.Equal(0.77, version["metadata"]!["metrics"]!["accuracy"]!.GetValue<double>());
        Assert.Empty(version["aliases"]!.AsArray());
        Assert.Null(version["reference"]);
    }

    [Fact]
    public async Task Inputs_with_a_default_are_described_apart_from_those_that_every_request_needs()
    {
        var model = await registry.RegisterAsync();

        var signature = (await registry.UploadAsync(model, new UploadBody { Model = TinyModels.OptionalInputs().ToArray(), Reference = "x1,x2,x3\n1,2,3\n" }))["signature"]!;
        var gates = (await registry.PromoteAsync(model, "1"))["gates"]!.AsArray();

        Assert.Equal("""[{"name":"x","datatype":"FP32","shape":[-1,3]}]""", signature["inputs"]!.ToJsonString());
        Assert.Equal(["b", "unused"], signature["optionalInputs"]!.AsArray().Select(input => (string?)input!["name"]).Order());
        Assert.All(gates, gate => Assert.True((bool?)gate!["passed"]));
    }

    [Theory]
    [InlineData("credit", "v1", 20, 2)]
    [InlineData("credit", "v2", 20, 2)]
    public async Task A_real_sample_is_taken_with_its_metadata_and_reference(string sample, string version, int features, int classes)
    {
        var model = await registry.RegisterAsync();

        var uploaded = await registry.UploadAsync(model, SampleOf(sample, version));

        Assert.Equal(features, uploaded["metadata"]!["features"]!.AsArray().Count);
        Assert.Equal(classes, uploaded["metadata"]!["classes"]!.AsArray().Count);
        Assert.True(uploaded["reference"]!["rows"]!.GetValue<int>() > 100);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    [InlineData("product")]
    [InlineData("forest")]
    public async Task A_model_made_by_another_program_is_taken(string file)
    {
        var model = await registry.RegisterAsync();
        var content = await File.ReadAllBytesAsync(Repository.PathOf("tests", "golden", "explanations", $"{file}.onnx"));

        var version = await registry.UploadAsync(model, new UploadBody { Model = content });

        Assert.NotEmpty(version["signature"]!["inputs"]!.AsArray());
        Assert.Equal(content, await registry.Http.GetByteArrayAsync($"/v1/models/{model}/versions/1/artifact"));
    }

    [Fact]
    public async Task Versions_are_numbered_without_gaps_however_many_arrive_at_once()
    {
        var model = await registry.RegisterAsync();

        var uploaded = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => registry.UploadAsync(model, new UploadBody())));

        Assert.Equal(Enumerable.Range(1, 12), uploaded.Select(version => int.Parse(version["version"]!.GetValue<string>())).Order());
        Assert.Equal(12, (await registry.ItemsAsync($"/v1/models/{model}/versions")).Count);
    }

    [Fact]
    public async Task Metadata_may_be_left_out()
    {
        var version = await registry.UploadAsync(await registry.RegisterAsync(), new UploadBody { Metadata = null });

        Assert.All(version["metadata"]!.AsObject(), field => Assert.Null(field.Value));
    }

    [Fact]
    public async Task The_parts_may_come_in_any_order()
    {
        var model = await registry.RegisterAsync();
        using var content = new MultipartFormDataContent
        {
            { new StringContent("a,b,c\n1,2,3\n"), "reference", "rows.csv" },
            { new StringContent("{}"), "metadata" },
            { new ByteArrayContent(Linear), "model", "m.onnx" },
        };

        var version = await registry.Http.PostAsync($"/v1/models/{model}/versions", content).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(1, version["reference"]!["rows"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n")]
    [InlineData("""[{"a":1,"b":2,"c":3}]""")]
    public async Task A_byte_order_mark_before_a_part_is_passed_over_and_null_in_metadata_is_left_out(string rows)
    {
        var model = await registry.RegisterAsync();

        var version = await registry.UploadAsync(model, new UploadBody
        {
            Metadata = "\uFEFF" + """{"description":null,"task":null,"features":[{"name":"a","kind":null,"categories":null},{"name":"b"},{"name":"c","input":null}],"logging":{"sample":null,"redact":null}}""",
            Reference = "\uFEFF" + rows,
        });

        Assert.Equal("numerical", (string?)version["metadata"]!["features"]![0]!["kind"]);
        Assert.Equal(1, (int)version["reference"]!["rows"]!);
    }

    [Fact]
    public async Task An_upload_that_says_to_be_too_large_is_refused_before_the_model_is_looked_for()
    {
        await using var small = await RegistryHost.StartAsync(("Registry:Uploads:MaxModelBytes", "1000"), ("Registry:Uploads:MaxReferenceBytes", "1000"));

        await small.Http.PostAsync("/v1/models/nobody/versions", new UploadBody { Model = new byte[4 << 20] }.ToContent())
            .ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task An_upload_to_an_unknown_model_is_refused() =>
        await registry.Http.PostAsync("/v1/models/nobody/versions", new UploadBody().ToContent())
            .ProblemAsync(HttpStatusCode.NotFound, "registry.model_not_found");

    public static TheoryData<string, UploadBody, HttpStatusCode, string, string> Refused => new()
    {
        { "no model", new UploadBody { Model = null }, HttpStatusCode.BadRequest, "request.invalid", "'model' is missing" },
        { "an empty file", new UploadBody { Model = [] }, HttpStatusCode.UnprocessableEntity, "registry.model_invalid", "empty" },
        { "a text", new UploadBody { Model = "not a model"u8.ToArray() }, HttpStatusCode.UnprocessableEntity, "registry.model_invalid", "ONNX" },
        { "half a file", new UploadBody { Model = Linear[..(Linear.Length / 2)] }, HttpStatusCode.UnprocessableEntity, "registry.model_invalid", "ONNX" },
        { "an unknown operator", new UploadBody { Model = Of("Nonsense") }, HttpStatusCode.UnprocessableEntity, "registry.model_invalid", "Nonsense" },
        { "a custom operator", new UploadBody { Model = Of("Own", "my.domain") }, HttpStatusCode.UnprocessableEntity, "registry.model_invalid", "my.domain" },
        { "weights elsewhere", new UploadBody { Model = External() }, HttpStatusCode.UnprocessableEntity, "registry.model_invalid", "weights.bin" },
        { "broken JSON", new UploadBody { Metadata = "{" }, HttpStatusCode.BadRequest, "request.invalid", "metadata" },
        { "JSON null", new UploadBody { Metadata = "null" }, HttpStatusCode.BadRequest, "request.invalid", "metadata" },
        { "a JSON array", new UploadBody { Metadata = "[]" }, HttpStatusCode.BadRequest, "request.invalid", "metadata" },
        { "an unknown field", new UploadBody { Metadata = """{"colour":"red"}""" }, HttpStatusCode.BadRequest, "request.invalid", "colour" },
        { "a field of a wrong type", new UploadBody { Metadata = """{"metrics":{"accuracy":"good"}}""" }, HttpStatusCode.BadRequest, "request.invalid", "accuracy" },
        { "an unfit reference", new UploadBody { Reference = "a,b\n1,2\n" }, HttpStatusCode.UnprocessableEntity, "registry.reference_invalid", "[-1,3]" },
        { "an empty reference", new UploadBody { Reference = "" }, HttpStatusCode.UnprocessableEntity, "registry.reference_invalid", "empty" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_wrong_upload_is_refused_and_leaves_nothing(string what, UploadBody upload, HttpStatusCode status, string code, string detail)
    {
        Assert.NotEmpty(what);
        var model = await registry.RegisterAsync();
        var before = registry.ArtifactFiles();

        Assert.Contains(detail, await registry.Http.PostAsync($"/v1/models/{model}/versions", upload.ToContent()).ProblemAsync(status, code));

        Assert.Equal(before, registry.ArtifactFiles());
        Assert.Empty(await registry.ItemsAsync($"/v1/models/{model}/versions"));
        Assert.Single(await registry.ItemsAsync($"/v1/models/{model}/history"));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("metadata")]
    [InlineData("reference")]
    public async Task A_part_that_is_there_twice_is_refused(string part)
    {
        var model = await registry.RegisterAsync();
        var before = registry.ArtifactFiles();
        using var content = new UploadBody { Reference = "a,b,c\n1,2,3\n" }.ToContent();
        content.Add(new ByteArrayContent(Linear), part, "again");

        var detail = await registry.Http.PostAsync($"/v1/models/{model}/versions", content).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

        Assert.Contains($"'{part}'", detail);
        Assert.Equal(before, registry.ArtifactFiles());
    }

    [Fact]
    public async Task A_part_of_another_name_is_refused()
    {
        var model = await registry.RegisterAsync();
        using var content = new UploadBody().ToContent();
        content.Add(new StringContent("x"), "weights");

        var detail = await registry.Http.PostAsync($"/v1/models/{model}/versions", content).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

        Assert.Contains("'weights'", detail);
    }

    [Theory]
    [InlineData("application/vnd.pipeline+json", "{}")]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("application/x-www-form-urlencoded", "model=x")]
    public async Task Another_media_type_is_refused(string type, string body)
    {
        var model = await registry.RegisterAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        await registry.Http.PostAsync($"/v1/models/{model}/versions", content).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.media_type");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no boundary anywhere")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"model\"; filename=\"m\"\r\n\r\nbytes that break off")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"model\"\r\nno colon\r\n\r\nx\r\n--x--\r\n")]
    [InlineData("--x\r\n\r\nno name\r\n--x--\r\n")]
    public async Task A_body_that_is_not_multipart_after_all_is_refused(string body)
    {
        var model = await registry.RegisterAsync();
        var before = registry.ArtifactFiles();
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        await registry.Http.PostAsync($"/v1/models/{model}/versions", content).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

        Assert.Equal(before, registry.ArtifactFiles());
    }

    [Fact]
    public async Task A_part_that_is_too_large_is_refused_and_named()
    {
        await using var small = await RegistryHost.StartAsync(
            ("Registry:Uploads:MaxModelBytes", "300"), ("Registry:Uploads:MaxMetadataBytes", "50"), ("Registry:Uploads:MaxReferenceBytes", "20"));
        var model = await small.RegisterAsync();

        await RefusedAsync(new UploadBody { Model = new byte[301] }, "model");
        await RefusedAsync(new UploadBody { Model = [1], Metadata = $$"""{"description":"{{new string('x', 50)}}"}""" }, "metadata");
        await RefusedAsync(new UploadBody { Model = [1], Reference = new string('1', 21) }, "reference");
        Assert.Empty(small.ArtifactFiles());

        async Task RefusedAsync(UploadBody upload, string part) => Assert.Contains($"'{part}'",
            await small.Http.PostAsync($"/v1/models/{model}/versions", upload.ToContent())
                .ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large"));
    }

    [Fact]
    public async Task A_body_far_beyond_every_limit_is_refused_before_it_is_read()
    {
        await using var small = await RegistryHost.StartAsync(
            ("Registry:Uploads:MaxModelBytes", "300"), ("Registry:Uploads:MaxMetadataBytes", "50"), ("Registry:Uploads:MaxReferenceBytes", "20"));
        var model = await small.RegisterAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{model}/versions");
        request.Headers.ExpectContinue = true;
        request.Content = new UploadBody { Model = new byte[4 << 20] }.ToContent();

        await small.Http.SendAsync(request).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");

        Assert.Empty(small.ArtifactFiles());
    }

    [Fact]
    public async Task A_file_larger_than_a_server_usually_takes_is_taken()
    {
        var model = await registry.RegisterAsync();
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 3)
            .Constant("ballast", Datatype.FP32, [9_000_000, 1], new float[9_000_000])
            .Node("Identity", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3).ToArray();

        var version = await registry.UploadAsync(model, new UploadBody { Model = file });

        Assert.True(version["sizeBytes"]!.GetValue<long>() > 36_000_000);
    }

    [Fact]
    public async Task The_same_content_refused_once_and_uploaded_before_stays_stored()
    {
        var model = await registry.RegisterWithVersionsAsync(1);
        var file = await registry.Http.GetByteArrayAsync($"/v1/models/{model}/versions/1/artifact");

        await registry.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody { Model = file, Metadata = "{" }.ToContent())
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

        Assert.Equal(file, await registry.Http.GetByteArrayAsync($"/v1/models/{model}/versions/1/artifact"));
    }

    internal static UploadBody SampleOf(string sample, string version) => new()
    {
        Model = File.ReadAllBytes(Repository.PathOf("samples", sample, version, "model.onnx")),
        Metadata = File.ReadAllText(Repository.PathOf("samples", sample, version, "metadata.json")),
        Reference = File.ReadAllText(Repository.PathOf("samples", sample, version, "reference.csv"), Encoding.UTF8),
    };

    private static byte[] Of(string operation, string domain = "")
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n").Node(operation, ["x"], ["y"], domain).Output("y", Datatype.FP32, "n");
        return (domain.Length == 0 ? file : file.Import(domain, 1)).ToArray();
    }

    private static byte[] External() => new OnnxFile().Input("x", Datatype.FP32, "n").ExternalConstant("w", "weights.bin")
        .Node("Mul", ["x", "w"], ["y"]).Output("y", Datatype.FP32, "n").ToArray();
}
