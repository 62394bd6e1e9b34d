using System.Net;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Explainer.Tests.Pictures;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>Explanations as sentences, pictures and pages, from the routes that answer JSON.</summary>
public sealed class ShownExplanationTests : IAsyncLifetime
{
    private const string Body = """
        {"inputs":[{"name":"x","datatype":"FP32","shape":[2,3],"data":[[1,2,null],[4,0,1]]}],"background":[[0,1,1],[0,3,1]],"method":"exact"}
        """;

    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        _explainer.Registry.Add("sum", Sum(), new VersionMetadata
        {
            Features =
            [
                new FeatureDefinition { Name = "<age>" },
                new FeatureDefinition { Name = "purpose", Kind = "categorical", Categories = ["car", "house", "boat"] },
                new FeatureDefinition { Name = "income" },
            ],
            Classes = ["good", "bad"],
        });
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task Each_row_is_told_in_sentences_with_the_values_that_it_has()
    {
        var answer = await _explainer.ExplainAsync("sum", Body);

        Assert.Equal(["""[1,"boat",null]""", """[4,"car",1]"""], answer["rows"]!.AsArray().Select(row => row!["values"]!.ToJsonString()));
        Assert.Equal(2, answer["sentences"]!.AsArray().Count);
        Assert.StartsWith(
            "sum answers 4 for “good”, 2 more than its average of 2 over the 2 rows it is compared with: <age> = 4 (+4) raises it most, purpose = car (−2) lowers it most. The parts are exact",
            answer["sentences"].Texts()[1]);
    }

    [Theory]
    [InlineData("?lang=zh", "en")]
    [InlineData("", "zh-CN,zh;q=0.9,en;q=0.1")]
    public async Task Sentences_are_in_the_language_asked_for(string query, string accepted)
    {
        using var request = Post(query, "application/json");
        request.Headers.AcceptLanguage.ParseAdd(accepted);

        var answer = await _explainer.Http.SendAsync(request).JsonAsync();

        Assert.StartsWith("模型 sum 对“good”给出 4，", answer["sentences"].Texts()[1]);
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/xml", "application/json")]
    [InlineData("application/json,image/svg+xml", "application/json")]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("image/avif,image/webp,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "image/svg+xml")]
    [InlineData("image/*", "image/svg+xml")]
    [InlineData("application/json;q=0.5,text/html", "text/html")]
    [InlineData(Browser, "text/html")]
    public async Task The_form_is_the_one_that_is_accepted(string? accept, string expected)
    {
        using var answer = await _explainer.Http.SendAsync(Post("", accept));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Accept, Accept-Language", string.Join(", ", answer.Headers.Vary));
    }

    [Fact]
    public async Task A_stored_explanation_is_drawn_by_its_id_as_when_it_was_made()
    {
        var id = (await _explainer.ExplainAsync("sum", Body))["id"]!.GetValue<string>();

        var svg = await ReadAsync(Get(id, "?picture=bars&row=1&class=bad&lang=zh", "image/svg+xml"));

        var picture = SvgReader.Read(svg);
        Assert.Equal("sum（版本 1）：“bad”为 −4", picture.Title);
        Assert.StartsWith("模型 sum 对“bad”给出 −4，比所给 2 行对照数据的平均值 −2 低 2：", picture.Description);
        Assert.Contains("&lt;age&gt; = 4", svg);
        Assert.Equal(svg, await ReadAsync(Post("?picture=bars&row=1&class=1&lang=zh", "image/svg+xml")));
    }

    [Fact]
    public async Task A_page_needs_nothing_from_elsewhere_and_runs_nothing()
    {
        using var answer = await _explainer.Http.SendAsync(Post("?row=1", Browser));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(["en"], answer.Content.Headers.ContentLanguage);
        Assert.Contains("<td>&lt;age&gt;</td><td>4</td><td class=\"n\">+4</td>", page);
        Assert.Contains("<svg ", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?picture=pie", "explainer.picture_unknown", "anchors, bars, counterfactual, force, heatmap, text, waterfall")]
    [InlineData("?picture=heatmap", "explainer.picture_unknown", "waterfall, bars, force")]
    [InlineData("?picture=text", "explainer.picture_unknown", "waterfall, bars, force")]
    [InlineData("?row=2", "explainer.row_unknown", "the rows are 0 to 1")]
    [InlineData("?row=-1", "explainer.row_unknown", "the rows are 0 to 1")]
    [InlineData("?class=worse", "explainer.class_unknown", "good, bad")]
    [InlineData("?class=2", "explainer.class_unknown", "good, bad")]
    [InlineData("?class=-1", "explainer.class_unknown", "good, bad")]
    [InlineData("?lang=fr", "request.invalid", "en, zh")]
    [InlineData("?row=x", "request.invalid", "row")]
    public async Task What_cannot_be_shown_is_refused_with_what_there_is(string query, string code, string named)
    {
        var detail = await _explainer.Http.SendAsync(Post(query, "image/svg+xml")).ProblemAsync(HttpStatusCode.BadRequest, code);

        Assert.Contains(named, detail);
    }

    [Fact]
    public async Task A_value_that_the_log_hides_is_not_kept_here_either()
    {
        _explainer.Registry.Add("hidden", Sum(), new VersionMetadata
        {
            Features = [new FeatureDefinition { Name = "a" }, new FeatureDefinition { Name = "b" }, new FeatureDefinition { Name = "c" }],
            Logging = new LoggingPolicy { Redact = [new FeatureRedaction { Feature = "b" }] },
        });

        var answer = await _explainer.ExplainAsync("hidden", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""");

        Assert.Equal("[1,null,3]", answer["rows"]![0]!["values"]!.ToJsonString());
    }

    [Fact]
    public async Task An_image_is_drawn_as_a_heat_map_without_being_asked()
    {
        var folder = Repository.PathOf("samples", "fashion", "v1");
        _explainer.Registry.Add(
            "fashion", await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")),
            JsonSerializer.Deserialize<VersionMetadata>(await File.ReadAllTextAsync(Path.Combine(folder, "metadata.json")), JsonSerializerOptions.Web));
        using var session = Onnx.Sessions.ModelSession.Load(Path.Combine(folder, "model.onnx"));
        var input = session.Signature.Inputs[0];
        var body = JsonSerializer.Serialize(new
        {
            inputs = new[] { new { name = input.Name, datatype = input.Datatype.Name(), shape = new[] { 1L }.Concat(input.Shape.Skip(1)), data = Enumerable.Range(0, 784).Select(at => at % 28 is > 9 and < 19 ? 200 : 0) } },
            background = new[] { new int[784] },
            budget = 2000,
        });

        var svg = await ReadAsync(Post("", "image/svg+xml", "fashion", body));

        Assert.True(SvgReader.Read(svg).Boxes.Count(box => box.Text is null) > 28 * 3, "there is hardly a pixel");
        Assert.Contains(">input</text>", svg);
    }

    [Fact]
    public async Task A_straight_line_nearby_tells_how_well_it_fits()
    {
        var answer = await _explainer.ExplainAsync("sum", Body.Replace("exact", "lime", StringComparison.Ordinal).Replace("null", "5", StringComparison.Ordinal));

        answer.AssertAddsUp(1e-3); // the two classes leave opposite residuals, and the farther one is told
        Assert.Equal(0.25, answer["rows"]![0]!["localFit"]!["kernelWidth"]!.GetValue<double>());
        Assert.All(answer["rows"]![0]!["localFit"]!["rSquared"].Numbers(), fit => Assert.Equal(1, fit, 6));
        Assert.Contains("a straight-line fit near this row (R² 1)", answer["sentences"].Texts()[0]);
    }

    /// <summary>Two classes: age + purpose, and its negative. Income is not looked at.</summary>
    private static byte[] Sum() => new OnnxFile().Input("x", Datatype.FP32, "n", 3)
        .Constant("w", Datatype.FP32, [3, 2], 1f, -1f, 1f, -1f, 0f, 0f)
        .Constant("zero", Datatype.FP32, [], 0f).Node("IsNaN", ["x"], ["isnan"])
        .Node("Where", ["isnan", "zero", "x"], ["clean"]).Node("MatMul", ["clean", "w"], ["y"])
        .Output("y", Datatype.FP32, "n", 2).ToArray();

    private HttpRequestMessage Post(string query, string? accept, string model = "sum", string body = Body) =>
        With(accept, new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{model}/explanations{query}")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        });

    private static HttpRequestMessage Get(string id, string query, string accept) =>
        With(accept, new HttpRequestMessage(HttpMethod.Get, $"/v1/explanations/{id}{query}"));

    private static HttpRequestMessage With(string? accept, HttpRequestMessage request)
    {
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    private async Task<string> ReadAsync(HttpRequestMessage request)
    {
        using var answer = await _explainer.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
