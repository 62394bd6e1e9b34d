using System.Net;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>Decisions at the edges: numbers without end, what is missing, several rows at once.</summary>
public sealed class DecisionEdgeTests : IAsyncLifetime
{
    private const string Rows = "\"background\":[[0],[1],[2],[3],[5],[6],[7],[8]]";

    private static readonly VersionMetadata Classes = new() { Task = "multiclass_classification", Classes = ["good", "bad"] };

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        _explainer.Registry.Add("step", Step(Datatype.FP32), Classes);
        _explainer.Registry.Add("whole", new OnnxFile().Input("x", Datatype.Int32, "n", 1).Node("Cast", ["x"], ["f"], "", OnnxFile.Integer("to", 1))
            .Constant("w", Datatype.FP32, [1, 2], 1f, 0f).Constant("b", Datatype.FP32, [2], 0f, 5f)
            .Node("MatMul", ["f", "w"], ["s"]).Node("Add", ["s", "b"], ["y"]).Output("y", Datatype.FP32, "n", 2).ToArray(), Classes);
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Theory]
    [InlineData("anchors", """{"range":{"from":-1e999,"to":5}}""", "anchors.range")]
    [InlineData("anchors", """{"range":{"from":5,"to":1e999}}""", "anchors.range")]
    [InlineData("counterfactual", """{"class":"good","range":{"from":2,"to":1e999}}""", "counterfactual.range")]
    [InlineData("counterfactual", """{"class":"good","range":{"from":1e999}}""", "counterfactual.range")]
    [InlineData("counterfactual", """{"ranges":[{"feature":"x","to":1e999}]}""", "counterfactual.ranges")]
    [InlineData("counterfactual", """{"ranges":[{"feature":"x","from":-1e999}]}""", "counterfactual.ranges")]
    public async Task An_end_that_no_number_holds_is_refused_sync_and_async(string method, string options, string field)
    {
        foreach (var mode in new[] { "sync", "async" })
        {
            var problem = await _explainer.PostAsync("step", Ask(method, "3", $"\"mode\":\"{mode}\",\"{method}\":{options},")).JsonAsync(HttpStatusCode.BadRequest);
            Assert.Contains("finite", problem["errors"]![field]![0]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_class_without_the_range_that_it_is_for_is_refused()
    {
        var problem = await _explainer.PostAsync("step", Ask("anchors", "3", """ "anchors":{"class":"nonsense"}, """)).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Contains("class", problem["errors"]!["anchors.range"]![0]!.GetValue<string>());
    }

    /// <summary>exp of −1000 and 1000 times the age: from the first year on either way one of them is infinite.</summary>
    [Fact]
    public async Task What_is_answered_by_infinity_is_no_counterfactual_and_not_under_a_rule()
    {
        _explainer.Registry.Add("exploding", new OnnxFile().Input("x", Datatype.FP32, "n", 1).Constant("w", Datatype.FP32, [1, 2], 1000f, -1000f)
            .Node("Mul", ["x", "w"], ["s"]).Node("Exp", ["s"], ["y"]).Output("y", Datatype.FP32, "n", 2).ToArray(), Classes);
        const string rows = "\"background\":[[-1],[0],[1]]";

        var changed = await _explainer.ExplainAsync("exploding", Ask("counterfactual", "0", rows: rows));
        var ruled = await _explainer.ExplainAsync("exploding", Ask("anchors", "0", rows: rows));

        Assert.Empty(changed["rows"]![0]!["counterfactuals"]!.AsArray());
        Assert.Contains("no allowed change was found", changed["sentences"].Texts()[0]);
        Assert.Equal([0], ruled["rows"]![0]!["anchor"]!["conditions"]!.AsArray().Select(condition => condition!["equalTo"]!.GetValue<double>()));
    }

    [Theory]
    [InlineData(Datatype.FP32, "3e38", "[0],[1e-300],[2e-300]")]
    [InlineData(Datatype.FP64, "1.5e308", "[0],[1e-300],[2e-300]")]
    [InlineData(Datatype.FP64, "1.5e308", "[0],[1e-90],[2e-90]")]
    public async Task A_distance_is_a_number_however_small_what_it_is_measured_in(Datatype datatype, string to, string rows)
    {
        _explainer.Registry.Add("tiny", Step(datatype), Classes);

        var answer = await _explainer.ExplainAsync("tiny", Ask(
            "counterfactual", "0", $$""" "counterfactual":{"ranges":[{"feature":"x","from":0,"to":{{to}}}]}, """, $"\"background\":[{rows}]").Replace("FP32", datatype.Name(), StringComparison.Ordinal));

        Assert.All(answer["rows"]![0]!["counterfactuals"]!.AsArray(), found => Assert.True(double.IsFinite(found!["distance"]!.GetValue<double>())));
    }

    [Fact]
    public async Task Each_row_is_told_with_the_rows_that_the_model_was_asked_for_it()
    {
        var answer = await _explainer.ExplainAsync("step", $$"""
            {"method":"counterfactual","counterfactual":{"ranges":[{"feature":"x","from":2,"to":4}],"class":"good"},{{Rows}},
             "inputs":[{"name":"x","datatype":"FP32","shape":[2,1],"data":[3,1]}]}
            """);

        var each = answer["rows"]!.AsArray().Select(row => row!["evaluations"]!.GetValue<long>()).ToList();
        Assert.Equal(answer["evaluations"]!.GetValue<long>(), each.Sum());
        Assert.All(answer["sentences"].Texts().Zip(each), told => Assert.Contains($"Among {told.Second} rows", told.First));
    }

    [Fact]
    public async Task Several_rows_are_each_explained_as_if_they_were_alone()
    {
        foreach (var method in new[] { "counterfactual", "anchors" })
        {
            var together = await _explainer.ExplainAsync("step", $$"""{"method":"{{method}}",{{Rows}},"inputs":[{"name":"x","datatype":"FP32","shape":[3,1],"data":[3,7,1]}]}""");
            var alone = await Task.WhenAll(new[] { "3", "7", "1" }.Select(age => _explainer.ExplainAsync("step", Ask(method, age))));

            Assert.Equal(["bad", "good", "bad"], together["rows"]!.AsArray().Select(row => row!["decision"]!["class"]!.GetValue<string>()));
            Assert.Equal(alone.Select(answer => answer["rows"]![0]!.ToJsonString()), together["rows"]!.AsArray().Select(row => row!.ToJsonString()));
            Assert.Equal(alone.Select(answer => answer["sentences"].Texts()[0]), together["sentences"].Texts());
        }
    }

    [Fact]
    public async Task Whole_numbers_of_floating_point_may_become_fractions_where_the_range_has_them()
    {
        _explainer.Registry.Add("share", Step(Datatype.FP32, bad: 0.5f), Classes);

        var answer = await _explainer.ExplainAsync("share", Ask(
            "counterfactual", "0", """ "counterfactual":{"ranges":[{"feature":"x","from":0.2,"to":0.8}]}, """, "\"background\":[[0],[1],[0],[1]]"));
        var problem = await _explainer.PostAsync("whole", Ask("counterfactual", "3", """ "counterfactual":{"ranges":[{"feature":"x","from":0.2,"to":0.8}]}, """)
            .Replace("FP32", "INT32", StringComparison.Ordinal)).JsonAsync(HttpStatusCode.BadRequest);

        Assert.InRange(answer["rows"]![0]!["counterfactuals"]![0]!["values"]![0]!.GetValue<double>(), 0.5, 0.51);
        Assert.Contains("whole numbers", problem["errors"]!["counterfactual.ranges"]![0]!.GetValue<string>());
    }

    /// <summary>good of what is given, bad of what is missing; of what is given most is 5, the largest.</summary>
    [Fact]
    public async Task A_rule_says_that_a_value_is_given_and_a_change_gives_one_in_one_way()
    {
        _explainer.Registry.Add("given", new OnnxFile().Input("x", Datatype.FP32, "n", 1).Constant("w", Datatype.FP32, [1, 2], -1f, 1f).Constant("b", Datatype.FP32, [2], 0.5f, 0f)
            .Node("IsNaN", ["x"], ["missing"]).Node("Cast", ["missing"], ["m"], "", OnnxFile.Integer("to", 1)).Node("Mul", ["m", "w"], ["s"]).Node("Add", ["s", "b"], ["y"])
            .Output("y", Datatype.FP32, "n", 2).ToArray(), Classes);
        var rows = $"\"background\":[[1],[2],[3],[4]{string.Concat(Enumerable.Repeat(",[5]", 16))}{string.Concat(Enumerable.Repeat(",[null]", 6))}]";

        var given = await _explainer.ExplainAsync("given", Ask("anchors", "5", rows: rows));
        var missing = await _explainer.ExplainAsync("given", Ask("anchors", "null", rows: rows));
        var changed = await _explainer.ExplainAsync("given", Ask("counterfactual", "null", rows: rows));

        var condition = given["rows"]![0]!["anchor"]!["conditions"]![0]!;
        Assert.True(condition["isGiven"]!.GetValue<bool>());
        Assert.Contains("where x is given;", given["sentences"].Texts()[0]);
        Assert.True(missing["rows"]![0]!["anchor"]!["conditions"]![0]!["isMissing"]!.GetValue<bool>());
        Assert.Contains("where x is missing;", missing["sentences"].Texts()[0]);
        var way = Assert.Single(changed["rows"]![0]!["counterfactuals"]!.AsArray())!;
        Assert.Null(way["changes"]![0]!["from"]);
        Assert.Equal(1, way["distance"]!.GetValue<double>());
        Assert.Contains("where none is given", changed["sentences"].Texts()[0]);
    }

    /// <summary>Of several types at once, generated clients would believe one.</summary>
    [Theory]
    [InlineData("FeatureChange", "from")]
    [InlineData("FeatureChange", "to")]
    [InlineData("AnchorCondition", "equalTo")]
    public async Task Values_of_answers_are_of_any_type(string schema, string property)
    {
        var document = await _explainer.Http.GetAsync("/openapi/v1.json").JsonAsync();

        var described = document["components"]!["schemas"]![schema]!["properties"]![property]!;
        Assert.Null(described["type"]);
        Assert.Null(described["$ref"]);
    }

    private static string Ask(string method, string age, string more = "", string rows = Rows) =>
        $$"""{"method":"{{method}}",{{more}}"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"data":[{{age}}]}],{{rows}}}""";

    /// <summary>good = the age, bad = 5.</summary>
    private static byte[] Step(Datatype datatype, float bad = 5)
    {
        var file = new OnnxFile().Input("x", datatype, "n", 1);
        file = datatype == Datatype.FP64
            ? file.Constant("w", datatype, [1, 2], 1d, 0d).Constant("b", datatype, [2], 0d, bad)
            : file.Constant("w", datatype, [1, 2], 1f, 0f).Constant("b", datatype, [2], 0f, bad);
        return file.Node("MatMul", ["x", "w"], ["s"]).Node("Add", ["s", "b"], ["y"]).Output("y", datatype, "n", 2).ToArray();
    }
}
