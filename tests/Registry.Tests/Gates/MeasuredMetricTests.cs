using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Registry.Tests.Uploads;
using Platform.TestKit;

namespace Platform.Registry.Tests.Gates;

public sealed class MeasuredMetricTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public async Task What_an_author_declares_passes_no_gate_that_the_labelled_rows_fail()
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.95 } } });
        var version = await registry.UploadAsync(model, Scored.Version(200, wrong: 93, more: ""","metrics":{"accuracy":0.99}"""));

        var gate = (await registry.RefusedAsync(model, "1")).Gate("required_metrics");

        Assert.Equal((0.535, "measured", 200, 0.99), ((double)gate["measured"]!, (string)gate["source"]!, (int)gate["evidence"]!["rows"]!, (double)gate["evidence"]!["declared"]!));
        Assert.Equal((string?)version["reference"]!["rowsDigest"], (string?)gate["inputDigest"]);
        Assert.Contains("accuracy is 0.535 on 200 labelled reference rows; it must be at least 0.95. Its author declares 0.99.", (string)gate["detail"]!);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Both_versions_of_the_sample_reach_the_bound_of_the_first_hour(string version)
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.7 } } });
        await registry.UploadAsync(model, UploadTests.SampleOf("credit", version));

        Assert.InRange((double)(await registry.PromoteAsync(model, "1")).Gate("required_metrics")["measured"]!, 0.7, 0.9);
    }

    [Fact]
    public async Task Promotions_at_once_are_each_measured_and_decided()
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.8 } } });
        for (var i = 0; i < 4; i++) await registry.UploadAsync(model, Scored.Version(40, wrong: i));

        var promotions = await Task.WhenAll(Enumerable.Range(1, 4).Select(version => registry.PromoteAsync(model, $"{version}")));

        Assert.Equal([1, 0.975, 0.95, 0.925], promotions.Select(promotion => (double)promotion.Gate("required_metrics")["measured"]!));
        Assert.True((bool)(await registry.GetAsync($"/v1/audit/verify?model={model}"))["valid"]!);
    }

    [Fact]
    public async Task Every_measure_of_the_task_can_be_bounded()
    {
        var model = await registry.RegisterAsync(new
        {
            metrics = new { accuracy = new { atLeast = 0.9 }, f1 = new { atLeast = 0.9 }, roc_auc = new { atLeast = 0.9 }, log_loss = new { atMost = 0.4 }, brier = new { atMost = 0.1 } },
        });
        await registry.UploadAsync(model, Scored.Version(200, wrong: 10));

        var gates = (await registry.PromoteAsync(model, "1"))["gates"]!.AsArray().Where(gate => (string?)gate!["gate"] == "required_metrics").ToList();

        Assert.Equal(["accuracy", "brier", "f1", "log_loss", "roc_auc"], gates.Select(gate => (string)gate!["metric"]!));
        Assert.Equal(0.95, (double)gates[0]!["measured"]!, 1e-12);
        Assert.Equal(0.95 * 0.01 + 0.05 * 0.81, (double)gates[1]!["measured"]!, 1e-6);
        Assert.Equal(-(0.95 * Math.Log(0.9) + 0.05 * Math.Log(0.1)), (double)gates[3]!["measured"]!, 1e-6);
    }

    [Fact]
    public async Task Of_a_regression_the_errors_are_measured()
    {
        var model = await registry.RegisterAsync(new { metrics = new { mae = new { atMost = 0.6 }, rmse = new { atMost = 0.6 } } });
        await registry.UploadAsync(model, new UploadBody
        {
            Model = TestModels.TinyModels.Identity(Onnx.Tensors.Datatype.FP32, "n", 1).ToArray(),
            Metadata = """{"task":"regression","target":"y"}""",
            Reference = "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row},{(row % 2 == 0 ? row : row + 1)}\n")),
        });

        var refusal = await registry.RefusedAsync(model, "1");

        Assert.Equal([0.5, Math.Sqrt(0.5)], refusal["gates"]!.AsArray().Where(gate => gate!["metric"] is not null).Select(gate => (double)gate!["measured"]!));
        Assert.Contains("rmse is 0.7071 on 40 labelled reference rows; it must be at most 0.6.", (string)refusal["detail"]!);
    }

    [Fact]
    public async Task Without_labelled_rows_a_declared_metric_is_shown_as_declared_and_the_way_out_is_named()
    {
        var model = await registry.RegisterAsync(new { metrics = new { accuracy = new { atLeast = 0.8 } } });
        await registry.UploadAsync(model, new UploadBody { Metadata = """{"metrics":{"accuracy":0.9}}""" });

        var gate = (await registry.RefusedAsync(model, "1")).Gate("required_metrics");

        Assert.Equal((0.9, "declared", false), ((double)gate["measured"]!, (string)gate["source"]!, (bool)gate["passed"]!));
        Assert.Contains("has no labelled reference rows. Upload a version whose reference has them", (string)gate["detail"]!);
        Assert.Contains("The 0.9 that its author declares passes no gate.", (string)gate["detail"]!);
    }

    [Theory]
    [InlineData(12, "binary_classification", "only 12 of its reference rows have a label and an answer, and 20 are needed")]
    [InlineData(40, "multiclass_classification", "a multiclass_classification is not measured by it")]
    public async Task What_cannot_be_measured_passes_nothing_and_says_why(int rows, string task, string expected)
    {
        var model = await registry.RegisterAsync(new { metrics = new { roc_auc = new { atLeast = 0.1 } } });
        var upload = Scored.Version(rows, wrong: 0);
        await registry.UploadAsync(model, upload with { Metadata = upload.Metadata!.Replace("binary_classification", task) });

        var gate = (await registry.RefusedAsync(model, "1")).Gate("required_metrics");

        Assert.Null(gate["measured"]);
        Assert.Contains(expected, (string)gate["detail"]!);
    }

    [Theory]
    [InlineData("""{"metrics":{"happiness":{"atLeast":1}}}""", "gates.metrics.happiness")]
    [InlineData("""{"incumbent":{"metric":"mean_error"}}""", "gates.incumbent.metric")]
    [InlineData("""{"incumbent":{"margin":1.5}}""", "gates.incumbent.margin")]
    [InlineData("""{"incumbent":{"confidence":0.3}}""", "gates.incumbent.confidence")]
    [InlineData("""{"agreement":{"atLeast":1.2}}""", "gates.agreement.atLeast")]
    [InlineData("""{"fairness":{"alpha":0}}""", "gates.fairness.alpha")]
    [InlineData("""{"fairness":{"disparateImpact":{}}}""", "gates.fairness.disparateImpact")]
    [InlineData("""{"latency":{"p99Milliseconds":-1}}""", "gates.latency.p99Milliseconds")]
    [InlineData("""{"sizeBytes":{"atLeast":5,"atMost":1}}""", "gates.sizeBytes")]
    [InlineData("""{"expectedSigns":[{"feature":"a","direction":"up"}]}""", "gates.expectedSigns[0].direction")]
    [InlineData("""{"robustness":{"noise":0.1}}""", "gates.robustness")]
    [InlineData("""{"approvals":{"count":0}}""", "gates.approvals.count")]
    [InlineData("""{"approvals":{"count":1,"withinHours":0}}""", "gates.approvals.withinHours")]
    public async Task A_policy_that_cannot_be_is_refused_with_the_field(string policy, string field)
    {
        var model = await registry.RegisterAsync();

        var problem = await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", JsonNode.Parse(policy)).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal([field], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("""{"latencies":{"p99Milliseconds":5}}""")]
    [InlineData("""{"incumbent":{"metrics":"accuracy"}}""")]
    [InlineData("""{"agreement":{}}""")]
    [InlineData("""{"approvals":{"withinHours":5}}""")]
    public async Task A_policy_of_unknown_or_missing_fields_is_refused(string policy)
    {
        var model = await registry.RegisterAsync();

        await registry.Http.PutAsJsonAsync($"/v1/models/{model}/gates", JsonNode.Parse(policy)).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }
}
