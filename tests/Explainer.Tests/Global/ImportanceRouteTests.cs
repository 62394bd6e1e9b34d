using System.Net;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Explainer.Tests.Explanations;
using Platform.Explainer.Tests.Pictures;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Global;

public sealed class ImportanceRouteTests : IAsyncLifetime
{
    private static readonly string[] Rows = [.. Enumerable.Range(0, 24).Select(row =>
        $$$"""{"inputs":{"x":[{{{row % 7}}},{{{row % 5}}},{{{row % 3}}}]},"label":"{{{(row % 7 > row % 5 ? "good" : "bad")}}}"}""")];

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync(("Explainer:GlobalPatience", "00:01:00"));
        _explainer.Registry.Add("difference", Difference(), Metadata, Rows);
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task Labelled_reference_rows_tell_which_features_the_accuracy_rests_on()
    {
        var answer = await ReadAsync("difference");

        Assert.Equal(("permutation", "feature", "accuracy", "1"), (Text(answer, "method"), Text(answer, "per"), Text(answer, "measure"), Text(answer, "version")));
        Assert.Equal(1, (double)answer["labels"]![0]!["baseline"]!);
        var importances = answer["importances"]!.AsArray();
        Assert.Equal("<age>", importances.Select(item => Text(item!, "feature")).Order(StringComparer.Ordinal).First());
        Assert.Equal(("unused", 0), (Text(importances[2]!, "feature"), (double)importances[2]!["importance"]!));
        Assert.True((double)importances[0]!["importance"]! > (double)importances[0]!["standardError"]!);
        Assert.Equal((24, 5, 1), ((int)answer["rows"]!, (int)answer["repeats"]!, (int)answer["seed"]!));
        Assert.StartsWith("Over 24 reference rows difference goes most by", answer["sentences"].Texts().Single());
        Assert.Contains("of its accuracy of 1 is lost", answer["sentences"].Texts().Single());
    }

    [Fact]
    public async Task Each_label_is_measured_for_itself_and_the_Shapley_values_for_each_output()
    {
        var labels = await ReadAsync("difference", "?per=label");
        var values = await ReadAsync("difference", "?per=label&method=shap&classes=1&lang=zh");

        Assert.Equal(["good", "bad"], labels["labels"]!.AsArray().Select(group => Text(group!, "label")));
        Assert.Equal(6, labels["importances"]!.AsArray().Count);
        Assert.Equal(2, labels["sentences"]!.AsArray().Count);
        Assert.Equal(("mean_absolute_shapley", "linear"), (Text(values, "measure"), Text(values, "attribution")));
        Assert.Equal(["bad"], values["labels"]!.AsArray().Select(group => Text(group!, "label")));
        Assert.Null(values["repeats"]);
        Assert.Contains("参考数据", values["sentences"].Texts().Single());
    }

    [Fact]
    public async Task The_same_question_gets_the_same_bytes()
    {
        var first = await _explainer.Http.GetStringAsync("/v1/models/difference/importance?seed=3");

        Assert.Equal(first, await _explainer.Http.GetStringAsync("/v1/models/difference/importance?seed=3"));
        Assert.NotEqual(first, await _explainer.Http.GetStringAsync("/v1/models/difference/importance?seed=4"));
    }

    [Theory]
    [InlineData("image/svg+xml", "en", "difference (version 1): what it goes by for “bad”")]
    [InlineData("text/html", "zh", "difference（版本 1）：对“bad”的主要依据")]
    public async Task It_is_drawn_and_is_a_page(string form, string language, string heading)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/models/difference/importance?per=label&class=bad&lang={language}");
        request.Headers.Accept.ParseAdd(form);

        using var answer = await _explainer.Http.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, form), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(heading, text, StringComparison.Ordinal);
        Assert.Contains("&lt;age&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_long_is_computed_on_while_its_callers_ask_again()
    {
        var release = new TaskCompletionSource();
        await using var slow = await ExplainerHost.StartAsync(("Explainer:GlobalPatience", "00:00:00"));
        slow.Registry.BeforeArtifact = () => release.Task;
        slow.Registry.Add("difference", Difference(), Metadata, Rows);

        using var pending = await slow.Http.GetAsync("/v1/models/difference/importance?rows=10");
        var told = await Task.FromResult(pending).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(("difference", "running", 0), (Text(told, "model"), Text(told, "state"), (int)told["evaluations"]!));
        Assert.Equal("/v1/models/difference/importance?rows=10", pending.Headers.Location!.ToString());
        Assert.NotNull(pending.Headers.RetryAfter);

        release.SetResult();
        await Eventually.TrueAsync(
            async () => (await slow.Http.GetAsync("/v1/models/difference/importance?rows=10")).StatusCode == HttpStatusCode.OK, "it is computed");
    }

    [Fact]
    public async Task More_than_may_wait_are_sent_away()
    {
        var release = new TaskCompletionSource();
        await using var narrow = await ExplainerHost.StartAsync(("Explainer:GlobalPatience", "00:00:00"), ("Explainer:QueuedJobs", "1"));
        narrow.Registry.BeforeArtifact = () => release.Task;
        narrow.Registry.Add("difference", Difference(), Metadata, Rows);

        using var first = await narrow.Http.GetAsync("/v1/models/difference/importance");
        await narrow.Http.GetAsync("/v1/models/difference/importance?seed=2").ProblemAsync(HttpStatusCode.TooManyRequests, "explainer.queue_full");
        using var again = await narrow.Http.GetAsync("/v1/models/difference/importance");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, again.StatusCode));
        release.SetResult();
    }

    [Theory]
    [InlineData("?method=guess", HttpStatusCode.BadRequest, "explainer.method_not_supported", "permutation, shap")]
    [InlineData("?per=row", HttpStatusCode.BadRequest, "request.invalid", "feature, label")]
    [InlineData("?rows=1", HttpStatusCode.BadRequest, "request.invalid", "2 to 2000")]
    [InlineData("?repeats=0", HttpStatusCode.BadRequest, "request.invalid", "1 to 100")]
    [InlineData("?rows=x", HttpStatusCode.BadRequest, "request.invalid", "rows")]
    [InlineData("?classes=0&classes=0", HttpStatusCode.BadRequest, "request.invalid", "twice")]
    [InlineData("?lang=fr", HttpStatusCode.BadRequest, "request.invalid", "en, zh")]
    [InlineData("?output=nothing", HttpStatusCode.BadRequest, "explainer.output_unknown", "'y'")]
    [InlineData("?classes=7", HttpStatusCode.BadRequest, "explainer.class_unknown", "0 to 1")]
    [InlineData("?version=9", HttpStatusCode.NotFound, "explainer.version_not_found", "'9'")]
    public async Task What_cannot_be_answered_is_refused_with_the_way_out(string query, HttpStatusCode status, string code, string named)
    {
        var detail = await _explainer.Http.GetAsync($"/v1/models/difference/importance{query}").ProblemAsync(status, code);

        Assert.Contains(named, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_without_rows_with_one_with_texts_or_that_answer_NaN_say_so()
    {
        _explainer.Registry.Add("none", Difference());
        _explainer.Registry.Add("one", Difference(), Metadata, Rows.Take(1));
        _explainer.Registry.Add("texts", TextModels.Sum().ToArray(), null, ["""{"inputs":{"text":["a b"]}}"""]);
        _explainer.Registry.Add("log", new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("Log", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3).ToArray(),
            null, ["""{"inputs":{"x":[1,2,3]}}""", """{"inputs":{"x":[-1,2,3]}}"""]);

        await RefusedAsync("none", "explainer.no_background");
        await RefusedAsync("one", "explainer.rows_too_few");
        await RefusedAsync("texts", "explainer.unsupported");
        await RefusedAsync("log", "explainer.output_not_finite");
        await RefusedAsync("log?method=shap", "explainer.output_not_finite");
    }

    [Fact]
    public async Task A_class_that_is_not_measured_cannot_be_shown()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models/difference/importance?class=bad");
        request.Headers.Accept.ParseAdd("image/svg+xml");

        Assert.Contains("per=label", await _explainer.Http.SendAsync(request).ProblemAsync(HttpStatusCode.BadRequest, "explainer.class_unknown"));
    }

    private static VersionMetadata Metadata { get; } = new()
    {
        Task = "multiclass_classification",
        Classes = ["good", "bad"],
        Features = [new FeatureDefinition { Name = "<age>" }, new FeatureDefinition { Name = "debt" }, new FeatureDefinition { Name = "unused" }],
    };

    /// <summary>good: x0 − x1 − 0.5, bad: its negative.</summary>
    private static byte[] Difference() => new OnnxFile().Input("x", Datatype.FP32, "n", 3)
        .Constant("w", Datatype.FP32, [3, 2], 1f, -1f, -1f, 1f, 0f, 0f).Constant("b", Datatype.FP32, [2], -0.5f, 0.5f)
        .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["m", "b"], ["y"]).Output("y", Datatype.FP32, "n", 2).ToArray();

    private static string Text(JsonNode node, string field) => (string)node[field]!;

    private Task<JsonNode> ReadAsync(string model, string query = "") => _explainer.Http.GetAsync($"/v1/models/{model}/importance{query}").JsonAsync();

    private async Task RefusedAsync(string modelAndQuery, string code)
    {
        var parts = modelAndQuery.Split('?');
        await _explainer.Http.GetAsync($"/v1/models/{parts[0]}/importance?{parts.ElementAtOrDefault(1)}").ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
    }
}
