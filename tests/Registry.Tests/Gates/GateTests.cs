using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Onnx.Tensors;
using Platform.Registry.Sessions;
using Platform.Registry.Tests.Uploads;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Gates;

public sealed class GateTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public async Task Every_gate_says_what_it_measured_and_what_it_required()
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.7 }, log_loss = new { atMost = 0.6 } } });
        var version = await registry.UploadAsync(model, UploadTests.SampleOf("credit", "v1"));
        var rows = version["reference"]!["rows"]!.GetValue<int>();

        var gates = (await registry.PromoteAsync(model, "1"))["gates"]!.AsArray();

        Assert.Equal(["loads", "answers_reference", "signature", "required_metrics", "required_metrics"], gates.Select(gate => Text(gate!, "gate")));
        Assert.All(gates, gate => Assert.True(gate!["passed"]!.GetValue<bool>(), Text(gate, "detail")));
        Assert.Equal($"sha256:{Text(version, "sha256")}", Text(gates[0]!, "measured"));
        Assert.Equal((rows, rows), (gates[1]!["measured"]!.GetValue<int>(), gates[1]!["required"]!.GetValue<int>()));
        Assert.Equal("accuracy", Text(gates[3]!, "metric"));
        // What its metadata declare was measured on other rows.
        Assert.Equal((0.775, "measured", 0.756), (gates[3]!["measured"]!.GetValue<double>(), Text(gates[3]!, "source"), gates[3]!["evidence"]!["declared"]!.GetValue<double>()));
        Assert.Equal("""{"atLeast":0.7}""", gates[3]!["required"]!.ToJsonString());
        Assert.Equal("""{"atMost":0.6}""", gates[4]!["required"]!.ToJsonString());
    }

    [Fact]
    public async Task A_metric_below_its_bound_refuses_and_nothing_changes_but_the_history()
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.8 } } });
        await registry.UploadAsync(model, Scored.Version(100, wrong: 10));
        await registry.UploadAsync(model, Scored.Version(100, wrong: 30));
        await registry.PromoteAsync(model, "1");
        var events = (await registry.ItemsAsync("/v1/events?limit=1000")).Count;

        var problem = await RefusedAsync(model, "2");

        Assert.Contains("accuracy is 0.7 on 100 labelled reference rows; it must be at least 0.8.", Text(problem, "detail"));
        Assert.Equal([true, true, true, false], problem["gates"]!.AsArray().Select(gate => gate!["passed"]!.GetValue<bool>()));
        Assert.Equal("1", await registry.ChampionAsync(model));
        Assert.Equal(events, (await registry.ItemsAsync("/v1/events?limit=1000")).Count);
        var refusal = (await registry.ItemsAsync($"/v1/models/{model}/history"))[0]!;
        Assert.Equal(("promotion_refused", "2"), (Text(refusal, "action"), Text(refusal, "version")));
        Assert.Equal(problem["gates"]!.ToJsonString(), refusal["gates"]!.ToJsonString());
    }

    [Fact]
    public async Task A_metric_that_the_author_does_not_give_refuses()
    {
        var model = await registry.RegisterWithVersionsAsync(1, new { metrics = new { accuracy = new { atLeast = 0.1 } } });

        var gate = (await RefusedAsync(model, "1"))["gates"]!.AsArray()[^1]!;

        Assert.False(gate["passed"]!.GetValue<bool>());
        Assert.Null(gate["measured"]);
    }

    [Fact]
    public async Task Bounds_can_be_changed_and_count_from_the_next_promotion_on()
    {
        var model = await registry.RegisterWithVersionsAsync(1, new { metrics = new { accuracy = new { atLeast = 0.1 } } });
        await RefusedAsync(model, "1");

        var policy = await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", new { metrics = new { } }).JsonAsync();

        Assert.Equal("""{"metrics":{}}""", policy.ToJsonString());
        Assert.Equal(policy.ToJsonString(), (await registry.GetAsync($"/v1/models/{model}/gates")).ToJsonString());
        await registry.PromoteAsync(model, "1");
        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", new { metrics = new { f1 = new { } } })
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", new { bounds = new { } })
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_model_that_answers_NaN_is_refused_with_the_row()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = SquareRoot(), Reference = "x\n4\n9\n-1\n16\n" });

        var gate = (await RefusedAsync(model, "1"))["gates"]!.AsArray()[1]!;

        Assert.Equal(("answers_reference", 3, 4), (Text(gate, "gate"), gate["measured"]!.GetValue<int>(), gate["required"]!.GetValue<int>()));
        Assert.Contains("Row 3: the output 'y' holds NaN", Text(gate, "detail"));
        Assert.Null((await registry.GetAsync($"/v1/models/{model}/versions/1"))["reference"]!["predictionsDigest"]);
    }

    [Fact]
    public async Task A_row_that_the_model_cannot_take_refuses_and_is_named()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Lookup().ToArray(), Reference = "index\n0\n3\n4\n1\n" });

        var gate = (await RefusedAsync(model, "1"))["gates"]!.AsArray()[1]!;

        Assert.Equal(3, gate["measured"]!.GetValue<int>());
        Assert.Contains("Row 3 cannot be answered", Text(gate, "detail"));
    }

    [Fact]
    public async Task A_model_that_does_not_come_to_an_end_is_refused_in_bounded_time()
    {
        await using var hasty = await RegistryHost.StartAsync();
        var model = await hasty.RegisterAsync();
        await hasty.UploadAsync(model, new UploadBody { Model = TinyModels.Endless().ToArray(), Reference = "x\n1\n" });
        Limit(hasty, TimeSpan.FromSeconds(2));

        // On a busy machine even the load may take too long, which another try does not.
        await Eventually.TrueAsync(
            async () => (await hasty.RefusedAsync(model, "1"))["gates"]!.AsArray()[1]!["detail"]!.GetValue<string>().Contains("longer than 2 s"),
            "the rows are refused for the time they take");
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Path.GetDirectoryName(hasty.ArtifactPath("00"))!) + "/incoming"));
    }

    [Fact]
    public async Task A_model_that_holds_the_only_place_makes_others_wait_for_a_bounded_time()
    {
        await using var narrow = await RegistryHost.StartAsync(("Registry:Sessions:MaxConcurrent", "1"));
        var model = await narrow.RegisterWithVersionsAsync(1);
        using var held = new SemaphoreSlim(0);
        using var release = new CancellationTokenSource();
        var processes = narrow.Services.GetRequiredService<VettingProcesses>();
        var holding = processes.UseAsync<Holding, int>(0, processes.BoundOfRunning, talk =>
        {
            held.Release();
            return talk.Hear<int>();
        }, release.Token);
        await held.WaitAsync();

        Limit(narrow, TimeSpan.FromSeconds(1));
        await narrow.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version = "1" }).ProblemAsync(HttpStatusCode.TooManyRequests, "registry.busy");
        await narrow.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody().ToContent()).ProblemAsync(HttpStatusCode.TooManyRequests, "registry.busy");

        Limit(narrow, TimeSpan.FromMinutes(1));
        await release.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holding);
        await narrow.PromoteAsync(model, "1");
    }

    /// <summary>The options hold for every next use: what a test prepares may take as long as a busy machine needs.</summary>
    private static void Limit(RegistryHost host, TimeSpan time) =>
        host.Services.GetRequiredService<IOptions<ModelSessionOptions>>().Value.Timeout = time;

    [Fact]
    public async Task A_stored_file_that_has_been_altered_is_refused()
    {
        var model = await registry.RegisterAsync();
        var sha256 = Text(await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Linear(99).ToArray() }), "sha256")!;
        await File.AppendAllTextAsync(registry.ArtifactPath(sha256), "x");

        var gates = (await RefusedAsync(model, "1"))["gates"]!.AsArray();

        Assert.Equal(("loads", false), (Text(gates[0]!, "gate"), gates[0]!["passed"]!.GetValue<bool>()));
        Assert.NotEqual(Text(gates[0]!, "required"), Text(gates[0]!, "measured"));
        Assert.Contains("not measured", Text(gates[1]!, "detail"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_answers_to_the_reference_rows_are_kept_line_for_line()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Reference = "a,b,c\n1,2,3\n4,5,6\n" });
        await registry.PromoteAsync(model, "1");

        var reference = (await registry.GetAsync($"/v1/models/{model}/versions/1"))["reference"]!;
        var lines = await LinesAsync(Text(reference, "predictionsDigest")!);

        Assert.Equal([321, 654], lines.Select(line => line.Outputs["sum"][0].GetDouble()));
        Assert.Equal([8, 10, 12], lines[1].Outputs["doubled"].EnumerateArray().Select(value => value.GetDouble()));
    }

    public static TheoryData<string, OnnxFile, string, string> Shapes => new()
    {
        { "a fixed shape", TinyModels.FixedShape(), "a,b,c,d\n1,2,3,4\n5,6,7,8\n", "[-1,-2,-3,-4] [-5,-6,-7,-8]" },
        { "text", TinyModels.Identity(Datatype.Bytes, "n"), "x\n床前\n明月\n", """["床前"] ["明月"]""" },
        { "whole numbers beyond 2^53", TinyModels.Identity(Datatype.Int64, "n"), "x\n9007199254740993\n", "[9007199254740993]" },
        { "unsigned numbers", TinyModels.Identity(Datatype.UInt64, "n"), "x\n18446744073709551615\n", "[18446744073709551615]" },
        { "booleans", TinyModels.Identity(Datatype.Bool, "n", 2), "a,b\ntrue,0\n", "[true,false]" },
        { "half precision", TinyModels.Identity(Datatype.FP16, "n"), "x\n1.5\n", "[1.5]" },
        { "a row that cannot be asked", TinyModels.Identity(Datatype.Int32, "n", 2), "a,b\n1,2\n,3\n4,5\n", "[1,2] none [4,5]" },
        { "answers that do not lie row by row", Twice(), "x\n1\n2\n", "[1,1] [2,2]" },
        { "rows of different lengths", TinyModels.Identity(Datatype.Int8, "n", "t"), """[{"x":[1,2,3]},{"x":[4]},{"x":[5]}]""", "[1,2,3] [4] [5]" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Models_of_every_shape_and_type_are_asked(string what, OnnxFile file, string rows, string expected)
    {
        Assert.NotEmpty(what);
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = file.ToArray(), Reference = rows });
        await registry.PromoteAsync(model, "1");

        var lines = await LinesAsync(Text((await registry.GetAsync($"/v1/models/{model}/versions/1"))["reference"]!, "predictionsDigest")!);

        Assert.Equal(expected, string.Join(' ', lines.Select(line => line.Outputs.TryGetValue("y", out var y) ? y.GetRawText() : "none")));
    }

    [Theory]
    [InlineData("fashion", "v1")]
    [InlineData("spam", "v1")]
    public async Task A_sample_passes_its_gates(string sample, string version)
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, UploadTests.SampleOf(sample, version));

        var promotion = await registry.PromoteAsync(model, "1");

        Assert.Equal("completed", Text(promotion, "state"));
    }

    [Fact]
    public async Task A_model_whose_rows_change_each_other_is_asked_row_by_row_and_the_gate_says_it()
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 2)
            .Node("Softmax", ["x"], ["y"], "", OnnxFile.Integer("axis", 0)).Output("y", Datatype.FP32, "n", 2);
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = file.ToArray(), Reference = "a,b\n1,2\n3,4\n5,6\n" });
        await registry.UploadAsync(model, new UploadBody { Model = file.ToArray() });

        var answered = (await registry.PromoteAsync(model, "1"))["gates"]!.AsArray()[1]!;
        var unasked = (await registry.PromoteAsync(model, "2"))["gates"]!.AsArray()[1]!;

        Assert.All(new[] { answered, unasked }, gate => Assert.EndsWith("each row is run alone, here and when it serves: Softmax ('y') is taken over the rows of the batch.", Text(gate, "detail")));
        var lines = await LinesAsync(Text((await registry.GetAsync($"/v1/models/{model}/versions/1"))["reference"]!, "predictionsDigest")!);
        Assert.All(lines, line => Assert.Equal("[1,1]", line.Outputs["y"].GetRawText()));
    }

    [Fact]
    public async Task A_row_with_a_missing_number_is_asked_alone()
    {
        // The runtime answers the largest of numbers with NaN among them by the row's place in the batch; tied to a constant it is finite.
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 2).Node("ReduceMax", ["x"], ["max"], "", OnnxFile.Integers("axes", 1))
            .Node("IsNaN", ["max"], ["missing"]).Node("Cast", ["missing"], ["y"], "", OnnxFile.Integer("to", 1)).Output("y", Datatype.FP32, "n", 1);
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = file.ToArray(), Reference = "a,b\n1,2\n,4\n5,\n,4\n5,\n3,3\n" });
        await registry.PromoteAsync(model, "1");

        var lines = await LinesAsync(Text((await registry.GetAsync($"/v1/models/{model}/versions/1"))["reference"]!, "predictionsDigest")!);

        var answers = lines.Select(line => line.Outputs["y"][0].GetDouble()).ToArray();
        Assert.Equal((answers[1], answers[2]), (answers[3], answers[4]));
        Assert.Equal((0, 0), (answers[0], answers[5]));
    }

    [Fact]
    public async Task What_the_owner_says_of_rows_is_checked_at_the_upload()
    {
        var model = await registry.RegisterAsync();

        await registry.UploadAsync(model, new UploadBody { Metadata = """{"serving":{"rows":"independent"}}""" });
        var problem = await registry.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody { Metadata = """{"serving":{"rows":"together"}}""" }.ToContent())
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.metadata_invalid");

        Assert.Contains("auto, independent, alone", problem);
    }

    [Fact]
    public async Task A_version_lists_what_was_measured_each_time_the_latest_first()
    {
        var model = await registry.RegisterWithVersionsAsync(2, new { metrics = new { accuracy = new { atLeast = 0.1 } } });
        await RefusedAsync(model, "1");
        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", new { metrics = new { } }).JsonAsync();
        await registry.PromoteAsync(model, "1");
        await registry.PromoteAsync(model, "2");

        var measured = await registry.ItemsAsync($"/v1/models/{model}/versions/1/gates");

        Assert.Equal(["completed", "refused"], measured.Select(promotion => Text(promotion!, "state")));
        Assert.Equal([3, 4], measured.Select(promotion => promotion!["gates"]!.AsArray().Count));
        await registry.Http.GetAsync($"/v1/models/{model}/versions/9/gates").ProblemAsync(HttpStatusCode.NotFound, "registry.version_not_found");
    }

    private Task<JsonNode> RefusedAsync(string model, string version) => registry.RefusedAsync(model, version);

    private async Task<List<ReferencePrediction>> LinesAsync(string digest) =>
        [.. (await registry.Http.GetStringAsync($"/v1/artifacts/{digest}")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<ReferencePrediction>(line, PlatformJson.Strict)!)];

    private static byte[] SquareRoot() => new OnnxFile().Input("x", Datatype.FP32, "n").Node("Sqrt", ["x"], ["y"]).Output("y", Datatype.FP32, "n").ToArray();

    private static OnnxFile Twice() =>
        new OnnxFile().Input("x", Datatype.FP32, "n").Node("Concat", ["x", "x"], ["y"], attributes: OnnxFile.Integer("axis", 0)).Output("y", Datatype.FP32, "m");

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
