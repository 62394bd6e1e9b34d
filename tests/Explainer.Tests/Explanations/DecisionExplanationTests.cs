using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Explainer.Tests.Pictures;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>Counterfactuals and anchors from the routes: what is asked, what is answered, and how it is shown.</summary>
public sealed class DecisionExplanationTests : IAsyncLifetime
{
    private const string Row = "\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":[4,0,1]}]";
    private const string Rows = "\"background\":[[0,1,1],[1,2,0],[2,0,0],[3,1,1],[5,2,0],[6,0,1],[7,2,1],[8,1,0]]";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        _explainer.Registry.Add("step", Model(), Metadata() with { Task = "multiclass_classification", Classes = ["good", "bad"] });
        _explainer.Registry.Add("price", Model(), Metadata() with { Task = "regression" });
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    /// <summary>good = age − purpose, bad = 5: good of a car where age is 5 at least.</summary>
    [Fact]
    public async Task A_counterfactual_says_what_is_to_change_and_the_model_agrees()
    {
        var answer = await _explainer.ExplainAsync("step", $$"""{"method":"counterfactual",{{Row}},{{Rows}}}""");

        var row = answer["rows"]![0]!;
        var found = row["counterfactuals"]![0]!;
        Assert.Equal("bad", row["decision"]!["class"]!.GetValue<string>());
        Assert.Equal("good", found["decision"]!["class"]!.GetValue<string>());
        Assert.Equal("""[{"feature":"age","from":4,"to":5}]""", found["changes"]!.ToJsonString());
        Assert.Equal("""[5,"car",1]""", found["values"]!.ToJsonString());
        Assert.Equal([5, 5], found["prediction"].Numbers());
        Assert.Empty(row["attributions"]!.AsArray());
        Assert.InRange(answer["evaluations"]!.GetValue<long>(), 2, 20_000);
        Assert.StartsWith("step answers “bad” (5). It would answer “good” (5) with age 5 instead of 4.", answer["sentences"].Texts()[0]);
        Assert.Equal(
            WithoutTimes(answer), WithoutTimes(await _explainer.ExplainAsync("step", $$"""{"method":"counterfactual",{{Row}},{{Rows}}}""")));
    }

    [Fact]
    public async Task Where_none_is_found_the_answer_says_so_and_what_could_be_done()
    {
        var answer = await _explainer.ExplainAsync(
            "step", $$"""{"method":"counterfactual","counterfactual":{"immutable":["age"]},{{Row}},{{Rows}}}""");

        Assert.Empty(answer["rows"]![0]!["counterfactuals"]!.AsArray());
        Assert.Contains("no allowed change was found", answer["sentences"].Texts()[0]);
        Assert.Contains("leave more features free", answer["sentences"].Texts()[0]);
    }

    [Fact]
    public async Task A_range_of_a_number_is_reached_within_the_ranges_of_features()
    {
        var answer = await _explainer.ExplainAsync(
            "price", $$"""{"method":"counterfactual","counterfactual":{"class":"0","range":{"from":11.5},"ranges":[{"feature":"age","to":20}],"immutable":["purpose"],"count":1},{{Row}},{{Rows}}}""");

        var found = answer["rows"]![0]!["counterfactuals"]!.AsArray().Single()!;
        Assert.Equal(12, found["values"]![0]!.GetValue<double>());
        Assert.True(found["decision"]!["isWithinRange"]!.GetValue<bool>());
        Assert.Equal("y[0]", found["decision"]!["output"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_anchor_is_a_rule_with_its_precision_and_coverage()
    {
        var young = Row.Replace("[4,0,1]", "[1,0,1]", StringComparison.Ordinal);
        var answer = await _explainer.ExplainAsync("step", $$"""{"method":"anchors",{{young}},{{Rows}}}""");

        var anchor = answer["rows"]![0]!["anchor"]!;
        Assert.True(anchor["isReached"]!.GetValue<bool>());
        Assert.InRange(anchor["precisionLow"]!.GetValue<double>(), 0.95, 1);
        Assert.Equal("bad", answer["rows"]![0]!["decision"]!["class"]!.GetValue<string>());
        Assert.Equal("""[{"feature":"age","equalTo":null,"above":null,"upTo":1,"isMissing":false,"isGiven":false}]""", anchor["conditions"]!.ToJsonString());
        Assert.Equal(0.25, anchor["coverage"]!.GetValue<double>());
        Assert.Contains("of the rows it is compared with", answer["sentences"].Texts()[0]);
    }

    [Theory]
    [InlineData("counterfactual", "from “bad” (5) to another answer", "counterfactual")]
    [InlineData("anchors", "what makes it answer “bad”", "anchors")]
    public async Task Both_are_drawn_and_written_as_pages_and_no_other_picture_is(string method, string heading, string picture)
    {
        var answer = await _explainer.ExplainAsync("step", $$"""{"method":"{{method}}",{{Row}},{{Rows}}}""");
        var id = answer["id"]!.GetValue<string>();

        var svg = SvgReader.Read(await ReadAsync(id, $"?picture={picture}", "image/svg+xml"));
        Assert.Contains(heading, svg.Title);
        Assert.Equal(svg.Title, SvgReader.Read(await ReadAsync(id, "", "image/svg+xml")).Title);
        Assert.Contains("版本 1", SvgReader.Read(await ReadAsync(id, "?lang=zh", "image/svg+xml")).Title);
        Assert.Contains("<table>", await ReadAsync(id, "", "text/html"));
        var detail = await Get(id, "?picture=waterfall", "image/svg+xml").ProblemAsync(HttpStatusCode.BadRequest, "explainer.picture_unknown");
        Assert.Contains(picture, detail);
        await Get(id, "?row=1", "image/svg+xml").ProblemAsync(HttpStatusCode.BadRequest, "explainer.row_unknown");
    }

    [Fact]
    public async Task A_picture_of_a_decision_is_not_one_of_parts()
    {
        var id = (await _explainer.ExplainAsync("step", $$"""{"method":"exact",{{Row}},{{Rows}}}"""))["id"]!.GetValue<string>();

        await Get(id, "?picture=counterfactual", "image/svg+xml").ProblemAsync(HttpStatusCode.BadRequest, "explainer.picture_unknown");
    }

    [Fact]
    public async Task What_the_log_hides_is_neither_changed_nor_named()
    {
        _explainer.Registry.Add("secret", Model(), Metadata() with
        {
            Task = "multiclass_classification", Classes = ["good", "bad"], Logging = new LoggingPolicy { Redact = [new FeatureRedaction { Feature = "purpose" }] },
        });

        var changed = await _explainer.ExplainAsync("secret", $$"""{"method":"counterfactual",{{Row}},{{Rows}}}""");
        var ruled = await _explainer.ExplainAsync("secret", $$"""{"method":"anchors",{{Row}},{{Rows}}}""");

        Assert.Equal("[5,null,1]", changed["rows"]![0]!["counterfactuals"]![0]!["values"]!.ToJsonString());
        Assert.DoesNotContain("purpose", changed["rows"]![0]!["counterfactuals"]!.ToJsonString() + ruled["rows"]![0]!["anchor"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"class":"good","count":0}""", "counterfactual.count")]
    [InlineData("""{"count":11}""", "counterfactual.count")]
    [InlineData("""{"range":{"from":2,"to":1}}""", "counterfactual.range")]
    [InlineData("""{"range":{}}""", "counterfactual.range")]
    [InlineData("""{"range":{"from":2}}""", "counterfactual.class")]
    [InlineData("""{"immutable":["colour"]}""", "counterfactual.immutable")]
    [InlineData("""{"immutable":[null]}""", "counterfactual.immutable")]
    [InlineData("""{"immutable":["age","purpose","income"]}""", "counterfactual.immutable")]
    [InlineData("""{"increaseOnly":["purpose"]}""", "counterfactual.increaseOnly")]
    [InlineData("""{"decreaseOnly":["colour"]}""", "counterfactual.decreaseOnly")]
    [InlineData("""{"ranges":[{"feature":"age","from":3,"to":2}]}""", "counterfactual.ranges")]
    [InlineData("""{"ranges":[{"feature":"age"}]}""", "counterfactual.ranges")]
    [InlineData("""{"ranges":[{"feature":"age","to":9},{"feature":"age","to":8}]}""", "counterfactual.ranges")]
    [InlineData("""{"ranges":[null]}""", "counterfactual.ranges")]
    [InlineData("""{"ranges":[{"feature":"age","from":1e300}]}""", "counterfactual.ranges")]
    [InlineData("""{"class":"bad"}""", "counterfactual.class")]
    [InlineData("""{"class":"1"}""", "counterfactual.class")]
    [InlineData("""{"class":"bad","range":{"to":6}}""", "counterfactual.range")]
    public async Task What_a_counterfactual_cannot_be_asked_is_refused_by_field(string options, string field)
    {
        var problem = await _explainer.PostAsync("step", $$"""{"method":"counterfactual","counterfactual":{{options}},{{Row}},{{Rows}}}""").JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal("request.invalid", problem["code"]!.GetValue<string>());
        Assert.NotNull(problem["errors"]![field]);
    }

    [Theory]
    [InlineData("\"method\":\"anchors\",\"anchors\":{\"precision\":1}", "anchors.precision")]
    [InlineData("\"method\":\"anchors\",\"anchors\":{\"confidence\":0}", "anchors.confidence")]
    [InlineData("\"method\":\"anchors\",\"anchors\":{\"beamWidth\":21}", "anchors.beamWidth")]
    [InlineData("\"method\":\"anchors\",\"anchors\":{\"range\":{\"from\":3,\"to\":1}}", "anchors.range")]
    [InlineData("\"method\":\"anchors\",\"classes\":[0]", "classes")]
    [InlineData("\"method\":\"exact\",\"anchors\":{}", "anchors")]
    [InlineData("\"counterfactual\":{}", "counterfactual")]
    public async Task What_does_not_go_together_is_refused_by_field(string fields, string field)
    {
        var problem = await _explainer.PostAsync("step", $$"""{{{fields}},{{Row}},{{Rows}}}""").JsonAsync(HttpStatusCode.BadRequest);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Theory]
    [InlineData("step", "\"method\":\"counterfactual\",\"counterfactual\":{\"class\":\"worse\"}", HttpStatusCode.BadRequest, "explainer.class_unknown", "good, bad")]
    [InlineData("step", "\"method\":\"counterfactual\",\"budget\":30", HttpStatusCode.UnprocessableEntity, "explainer.budget_too_small", "61")]
    [InlineData("step", "\"method\":\"anchors\",\"budget\":30", HttpStatusCode.UnprocessableEntity, "explainer.budget_too_small", "129")]
    [InlineData("price", "\"method\":\"counterfactual\"", HttpStatusCode.BadRequest, "request.invalid", "counterfactual.range")]
    [InlineData("price", "\"method\":\"anchors\"", HttpStatusCode.BadRequest, "request.invalid", "anchors.range")]
    [InlineData("price", "\"method\":\"anchors\",\"anchors\":{\"class\":\"worse\",\"range\":{\"to\":1}}", HttpStatusCode.BadRequest, "explainer.class_unknown", "y[0]")]
    public async Task What_the_model_does_not_allow_names_the_way_out(string model, string fields, HttpStatusCode status, string code, string named)
    {
        var detail = await _explainer.PostAsync(model, $$"""{{{fields}},{{Row}},{{Rows}}}""").ProblemAsync(status, code);

        Assert.Contains(named, detail);
    }

    [Theory]
    [InlineData("counterfactual")]
    [InlineData("anchors")]
    public async Task Without_reference_rows_a_background_is_asked_for_and_texts_are_told_what_explains_them(string method)
    {
        await _explainer.PostAsync("step", $$"""{"method":"{{method}}",{{Row}}}""").ProblemAsync(HttpStatusCode.UnprocessableEntity, "explainer.no_background");
        _explainer.Registry.Add("spam", await File.ReadAllBytesAsync(Repository.PathOf("samples", "spam", "v1", "model.onnx")));
        var detail = await _explainer.PostAsync("spam", $$"""{"method":"{{method}}","inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["hello"]}]}""")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "explainer.method_not_applicable");
        Assert.Contains("occlusion", detail);
    }

    [Fact]
    public async Task The_credit_sample_gets_changes_that_turn_its_decision()
    {
        var folder = Repository.PathOf("samples", "credit", "v1");
        var metadata = JsonSerializer.Deserialize<VersionMetadata>(await File.ReadAllTextAsync(Path.Combine(folder, "metadata.json")), JsonSerializerOptions.Web)!;
        var random = new Random(1);
        var drawn = Enumerable.Range(0, 60).Select(_ => metadata.Features!.Select(feature => (double)random.Next(1, feature.Categories?.Count ?? 50)).ToArray()).ToArray();
        _explainer.Registry.Add("credit", await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")), metadata);
        using var session = Onnx.Sessions.ModelSession.Load(Path.Combine(folder, "model.onnx"));
        var input = session.Signature.Inputs[0];

        var answer = await _explainer.ExplainAsync("credit", new
        {
            method = "counterfactual", counterfactual = new { immutable = new[] { "age", "foreign_worker" } },
            inputs = new[] { new { name = input.Name, datatype = input.Datatype.Name(), shape = new[] { 1, drawn[0].Length }, data = drawn[0] } }, background = drawn[1..],
        });

        var row = answer["rows"]![0]!;
        Assert.Equal(3, row["counterfactuals"]!.AsArray().Count);
        Assert.All(row["counterfactuals"]!.AsArray(), found =>
        {
            Assert.NotEqual(row["decision"]!["class"]!.GetValue<string>(), found!["decision"]!["class"]!.GetValue<string>());
            Assert.DoesNotContain(found["changes"]!.AsArray(), change => change!["feature"]!.GetValue<string>() is "age" or "foreign_worker");
            Assert.Equal(found["changes"]!.AsArray().Count, row["values"]!.AsArray().Zip(found["values"]!.AsArray()).Count(pair => pair.First?.ToJsonString() != pair.Second?.ToJsonString()));
        });
    }

    private static VersionMetadata Metadata() => new()
    {
        Features =
        [
            new FeatureDefinition { Name = "age" }, new FeatureDefinition { Name = "purpose", Kind = "categorical", Categories = ["car", "house", "boat"] },
            new FeatureDefinition { Name = "income" },
        ],
    };

    private static byte[] Model() => new OnnxFile().Input("x", Datatype.FP32, "n", 3)
        .Constant("w", Datatype.FP32, [3, 2], 1f, 0f, -1f, 0f, 0f, 0f).Constant("b", Datatype.FP32, [2], 0f, 5f)
        .Node("MatMul", ["x", "w"], ["scores"]).Node("Add", ["scores", "b"], ["y"]).Output("y", Datatype.FP32, "n", 2).ToArray();

    private static string WithoutTimes(JsonNode answer) => answer["rows"]!.ToJsonString() + answer["evaluations"];

    private Task<HttpResponseMessage> Get(string id, string query, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/explanations/{id}{query}");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return _explainer.Http.SendAsync(request);
    }

    private async Task<string> ReadAsync(string id, string query, string accept)
    {
        using var answer = await Get(id, query, accept);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
