using System.Net;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Explainer.Tests.Explanations;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Global;

public sealed class DependenceRouteTests : IAsyncLifetime
{
    private static readonly string[] Rows = [.. Enumerable.Range(0, 30).Select(row =>
        $$$"""{"inputs":{"x":[{{{row % 7}}},{{{row % 3}}},{{{(row % 5 == 0 ? "null" : "2")}}}]}}""")];

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync(("Explainer:GlobalPatience", "00:01:00"));
        _explainer.Registry.Add("credit", Product(), Metadata, Rows);
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task Partial_dependence_comes_with_errors_spread_rows_and_a_sentence()
    {
        var answer = await ReadAsync("?feature=<age>&feature=purpose");

        Assert.Equal(("pdp", "y", 30), ((string)answer["kind"]!, (string)answer["output"]!, (int)answer["rows"]!));
        var (age, purpose) = (answer["curves"]![0]!, answer["curves"]![1]!);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], age["points"].Numbers());
        // x0 · (1 + x1), and its negative: the mean of 1 + x1 is 2.
        Assert.Equal([[0, 0], [2, -2]], age["values"].Matrix()[..2]);
        Assert.Equal([[1, -3], [3, -1]], new[] { age["low"].Matrix()[1], age["high"].Matrix()[1] });
        Assert.Equal(30, age["lines"]!.AsArray().Count);
        Assert.Equal((false, """["car","house","boat"]"""), ((bool)purpose["ordered"]!, purpose["points"]!.ToJsonString()));
        Assert.Equal("car", (string)purpose["lines"]![0]!["at"]!);
        Assert.StartsWith("With the same <age> in all of 30 reference rows the mean answer of credit for “good” is lowest with 0 (0 ± 0) and highest with 6 (12 ±", answer["sentences"].Texts()[0]);
    }

    [Fact]
    public async Task Accumulated_effects_are_told_compared_with_the_mean()
    {
        var answer = await ReadAsync("?feature=<age>&kind=ale&classes=0&points=4");

        var curve = answer["curves"]![0]!;
        Assert.Null(curve["lines"]);
        Assert.Null(curve["low"]);
        Assert.True(curve["values"].Matrix()[0][0] < 0 && curve["values"].Matrix()[^1][0] > 0);
        Assert.Contains("compared with its mean over 30 reference rows", answer["sentences"].Texts().Single());
    }

    [Fact]
    public async Task A_logged_prediction_is_followed_through_every_feature()
    {
        await _explainer.LogAsync("credit", "asked", new()
        {
            Version = "1", Rows = 1,
            Inputs = [new() { Name = "x", Datatype = "FP32", Shape = [1, 3], Data = System.Text.Json.JsonSerializer.SerializeToElement(new[] { 2.5, 1, 2 }) }],
        });

        var answer = await ReadAsync("?kind=ice&predictionId=asked");

        Assert.Equal(["<age>", "purpose", "unused"], answer["curves"]!.AsArray().Select(curve => (string)curve!["feature"]!));
        var age = answer["curves"]![0]!;
        Assert.Equal([0, 1, 2, 2.5, 3, 4, 5, 6], age["points"].Numbers());
        Assert.Equal(2.5, (double)age["lines"]![0]!["at"]!);
        Assert.Equal([0, 2, 4, 5, 6, 8, 10, 12], age["lines"]![0]!["values"].Matrix().Select(point => point[0]));
        Assert.Equal("With <age> = 2.5 credit answers 5 for “good”; all else the same it would answer 0 with 0 and 12 with 6. This is what the model would say, not what would come of it.", answer["sentences"].Texts()[0]);
        Assert.Equal("The answer of credit for “good” does not follow unused: it stays 5.", answer["sentences"].Texts()[2]);
    }

    [Fact]
    public async Task Features_that_cannot_be_followed_are_passed_over_where_none_is_named()
    {
        _explainer.Registry.Add("credit", Product(), Metadata, ["""{"inputs":{"x":[null,1,2]}}""", """{"inputs":{"x":[null,2,3]}}"""], version: "2");
        await _explainer.LogAsync("credit", "asked", new()
        {
            Version = "2", Rows = 1,
            Inputs = [new() { Name = "x", Datatype = "FP32", Shape = [1, 3], Data = System.Text.Json.JsonSerializer.SerializeToElement(new[] { 2.5, 1, 2 }) }],
        });

        var answer = await ReadAsync("?kind=ice&predictionId=asked");

        Assert.Equal(["purpose", "unused"], answer["curves"]!.AsArray().Select(curve => (string)curve!["feature"]!));
    }

    [Theory]
    [InlineData("feature=<age>&picture=dependence", "image/svg+xml", "en", "“good” by &lt;age&gt;")]
    [InlineData("feature=<age>&picture=ice&class=bad", "image/svg+xml", "zh", "“bad”随 &lt;age&gt; 的变化")]
    [InlineData("feature=purpose&kind=ice", "text/html", "en", "“good” by purpose")]
    [InlineData("feature=<age>&kind=ale", "text/html", "zh", "“good”随 &lt;age&gt; 的变化")]
    public async Task It_is_drawn_and_is_a_page(string query, string form, string language, string heading)
    {
        using var answer = await _explainer.Http.SendAsync(Get($"?{query}&lang={language}", form));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal(form, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(heading, text, StringComparison.Ordinal);
        Assert.Contains("<polyline ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "request.invalid", "Name a feature.")]
    [InlineData("?feature=size", HttpStatusCode.BadRequest, "explainer.feature_unknown", "<age>, purpose, unused")]
    [InlineData("?feature=purpose&kind=ale", HttpStatusCode.UnprocessableEntity, "explainer.method_not_applicable", "'pdp'")]
    [InlineData("?feature=purpose&kind=guess", HttpStatusCode.BadRequest, "explainer.method_not_supported", "pdp, ice, ale")]
    [InlineData("?feature=purpose&points=1", HttpStatusCode.BadRequest, "request.invalid", "2 to 100")]
    [InlineData("?feature=purpose&rows=0", HttpStatusCode.BadRequest, "request.invalid", "1 to 2000")]
    [InlineData("?feature=purpose&picture=pie", HttpStatusCode.BadRequest, "explainer.picture_unknown", "dependence, ice")]
    [InlineData("?feature=purpose&predictionId=p", HttpStatusCode.BadRequest, "request.invalid", "'ice'")]
    [InlineData("?feature=purpose&output=nothing", HttpStatusCode.BadRequest, "explainer.output_unknown", "'y'")]
    [InlineData("?feature=purpose&version=9", HttpStatusCode.NotFound, "explainer.version_not_found", "'9'")]
    public async Task What_cannot_be_answered_is_refused_with_the_way_out(string query, HttpStatusCode status, string code, string named) =>
        Assert.Contains(named, await _explainer.Http.GetAsync($"/v1/models/credit/dependence{query}").ProblemAsync(status, code));

    [Fact]
    public async Task A_picture_that_does_not_suit_and_a_class_that_is_not_there_are_refused()
    {
        Assert.Contains("there are dependence.", await _explainer.Http.SendAsync(Get("?feature=<age>&kind=ale&picture=ice", "image/svg+xml"))
            .ProblemAsync(HttpStatusCode.BadRequest, "explainer.picture_unknown"));
        Assert.Contains("good, bad", await _explainer.Http.SendAsync(Get("?feature=<age>&class=worse", "image/svg+xml"))
            .ProblemAsync(HttpStatusCode.BadRequest, "explainer.class_unknown"));
    }

    [Fact]
    public async Task Hidden_features_only_missing_ones_and_models_without_rows_say_so()
    {
        _explainer.Registry.Add("hidden", Product(), Metadata with { Logging = new LoggingPolicy { Redact = [new FeatureRedaction { Feature = "purpose" }] } }, Rows);
        _explainer.Registry.Add("missing", Product(), Metadata, ["""{"inputs":{"x":[null,1,2]}}"""]);
        _explainer.Registry.Add("none", Product(), Metadata);

        await RefusedAsync("hidden", "purpose", "explainer.unsupported");
        await RefusedAsync("missing", "<age>", "explainer.rows_too_few");
        await RefusedAsync("none", "purpose", "explainer.no_background");
    }

    private static VersionMetadata Metadata { get; } = new()
    {
        Classes = ["good", "bad"],
        Features =
        [
            new FeatureDefinition { Name = "<age>" }, new FeatureDefinition { Name = "purpose", Kind = "categorical", Categories = ["car", "house", "boat"] },
            new FeatureDefinition { Name = "unused" },
        ],
    };

    /// <summary>good: x0 · (1 + x1), bad: its negative.</summary>
    private static byte[] Product() => new OnnxFile().Input("x", Datatype.FP32, "n", 3)
        .Constant("first", Datatype.FP32, [3, 1], 1f, 0f, 0f).Constant("second", Datatype.FP32, [3, 1], 0f, 1f, 0f)
        .Constant("one", Datatype.FP32, [], 1f).Constant("zero", Datatype.FP32, [], 0f).Constant("signs", Datatype.FP32, [1, 2], 1f, -1f)
        .Node("IsNaN", ["x"], ["isnan"]).Node("Where", ["isnan", "zero", "x"], ["clean"])
        .Node("MatMul", ["clean", "first"], ["a"]).Node("MatMul", ["clean", "second"], ["b"]).Node("Add", ["b", "one"], ["c"])
        .Node("Mul", ["a", "c"], ["d"]).Node("Mul", ["d", "signs"], ["y"]).Output("y", Datatype.FP32, "n", 2).ToArray();

    private static HttpRequestMessage Get(string query, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/models/credit/dependence{query}");
        request.Headers.Accept.ParseAdd(accept);
        return request;
    }

    private Task<JsonNode> ReadAsync(string query) => _explainer.Http.GetAsync($"/v1/models/credit/dependence{query}").JsonAsync();

    private Task RefusedAsync(string model, string feature, string code) =>
        _explainer.Http.GetAsync($"/v1/models/{model}/dependence?feature={feature}").ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
}
