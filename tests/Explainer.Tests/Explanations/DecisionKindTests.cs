using System.Net;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>What a version's answers are taken for: the same class as everywhere else, or a number that a range is named for.</summary>
public sealed class DecisionKindTests : IAsyncLifetime
{
    private const string Rows = "\"background\":[[0],[1],[2],[3],[5],[6],[7],[8]]";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync() => _explainer = await ExplainerHost.StartAsync();

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    /// <summary>The label is 1 up to 4, and 2 above, with <paramref name="first"/> 1; or 0 and 1.</summary>
    [Theory]
    [InlineData("binary_classification", "1,2", null, 1, "1", "2")]
    [InlineData("binary_classification", "0,1", "0", 0, "0", "1")]
    [InlineData("binary_classification", "no,yes", null, 0, "no", "yes")]
    [InlineData("multiclass_classification", "a,b,c", null, 1, "b", "c")]
    [InlineData("multiclass_classification", null, null, 7, "7", "8")]
    public async Task A_label_is_the_class_that_it_names(string task, string? classes, string? positive, long first, string low, string high)
    {
        _explainer.Registry.Add("labels", Labels(first), new VersionMetadata { Task = task, Classes = classes?.Split(','), PositiveClass = positive });

        var up = Row(await _explainer.ExplainAsync("labels", Ask("counterfactual", 6)));
        var down = Row(await _explainer.ExplainAsync("labels", Ask("counterfactual", 1)));
        var rule = Row(await _explainer.ExplainAsync("labels", Ask("anchors", 8)));

        Assert.Equal((high, low), (Class(up), Class(up["counterfactuals"]![0]!)));
        Assert.Equal((low, high), (Class(down), Class(down["counterfactuals"]![0]!)));
        Assert.Equal([4], up["counterfactuals"]![0]!["values"].Numbers());
        Assert.Equal([5], down["counterfactuals"]![0]!["values"].Numbers());
        Assert.Equal(high, Class(rule));
        Assert.True(rule["anchor"]!["isReached"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_label_that_is_true_is_the_positive_class()
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 1).Constant("four", Datatype.FP32, [1], 4f).Node("Greater", ["x", "four"], ["y"]).Output("y", Datatype.Bool, "n", 1);
        _explainer.Registry.Add("truth", file.ToArray(), new VersionMetadata { Task = "binary_classification", Classes = ["yes", "no"], PositiveClass = "yes" });

        var row = Row(await _explainer.ExplainAsync("truth", Ask("counterfactual", 6)));

        Assert.Equal(("yes", "no"), (Class(row), Class(row["counterfactuals"]![0]!)));
    }

    [Fact]
    public async Task A_class_that_no_label_can_name_is_refused_and_one_of_an_open_list_is_looked_for()
    {
        _explainer.Registry.Add("listed", Labels(0), new VersionMetadata { Task = "multiclass_classification", Classes = ["a", "b"] });
        _explainer.Registry.Add("open", Labels(7), new VersionMetadata { Task = "multiclass_classification" });

        Assert.Contains("a, b", await _explainer.PostAsync("listed", Ask("counterfactual", 6, "\"counterfactual\":{\"class\":\"z\"},"))
            .ProblemAsync(HttpStatusCode.BadRequest, "explainer.class_unknown"));
        Assert.Equal("7", Class(Row(await _explainer.ExplainAsync("open", Ask("counterfactual", 6, "\"counterfactual\":{\"class\":\"7\"},")))["counterfactuals"]![0]!));
        Assert.Empty(Row(await _explainer.ExplainAsync("open", Ask("counterfactual", 6, "\"counterfactual\":{\"class\":\"5\"},")))["counterfactuals"]!.AsArray());
    }

    [Theory]
    [InlineData("counterfactual")]
    [InlineData("anchors")]
    public async Task Where_nothing_says_that_numbers_are_classes_a_range_is_asked_for(string method)
    {
        var scores = Scores().Output("y", Datatype.FP32, "n", 2).Output("z", Datatype.FP32, "n", 2).ToArray();
        _explainer.Registry.Add("untold", scores);
        _explainer.Registry.Add("told", scores, new VersionMetadata { Task = "multiclass_classification", Classes = ["good", "bad"], Output = "y" });

        Assert.Contains("range", await _explainer.PostAsync("untold", Ask(method, 6)).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid"));
        Assert.Contains("range", await _explainer.PostAsync("told", Ask(method, 6, "\"output\":\"z\",")).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid"));
        Assert.Equal("good", Class(Row(await _explainer.ExplainAsync("told", Ask(method, 6, "\"output\":\"y\",")))));
        Assert.NotNull(Row(await _explainer.ExplainAsync("told", Ask(method, 6, $"\"output\":\"z\",\"{method}\":{{\"class\":0,\"range\":{{\"from\":-3}}}},")))["decision"]!["range"]);
    }

    [Fact]
    public async Task Of_equal_scores_the_first_is_the_class_whatever_their_signs()
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 1).Constant("w", Datatype.FP32, [1, 2], -1f, 1f).Node("Mul", ["x", "w"], ["y"]).Output("y", Datatype.FP32, "n", 2);
        _explainer.Registry.Add("signs", file.ToArray(), new VersionMetadata { Task = "multiclass_classification", Classes = ["good", "bad"] });

        Assert.Equal("good", Class(Row(await _explainer.ExplainAsync("signs", Ask("counterfactual", 0)))));
    }

    /// <summary>One score, the positive class's: p is 0.1 a year.</summary>
    [Fact]
    public async Task The_score_of_the_other_class_is_told_by_its_name()
    {
        _explainer.Registry.Add("risk", Single(), new VersionMetadata { Task = "binary_classification", Classes = ["good", "bad"] });

        var answer = await _explainer.ExplainAsync("risk", Ask("counterfactual", 3));

        Assert.StartsWith("risk answers “good” (p = 0.3). It would answer “bad” (p = 0.5) with x 5 instead of 3.", answer["sentences"].Texts()[0]);
    }

    [Theory]
    [InlineData("\"bad\"")]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    public async Task A_class_may_be_written_as_anywhere(string name)
    {
        _explainer.Registry.Add("risk", Single(), new VersionMetadata { Task = "binary_classification", Classes = ["good", "bad"] });
        _explainer.Registry.Add("price", Scores().Output("y", Datatype.FP32, "n", 2).ToArray(), new VersionMetadata { Task = "regression", Classes = ["good", "bad"] });

        var reached = Row(await _explainer.ExplainAsync("risk", Ask("counterfactual", 3, $"\"counterfactual\":{{\"class\":{name}}},")));
        var ranged = Row(await _explainer.ExplainAsync("price", Ask("anchors", 3, $"\"anchors\":{{\"class\":{name},\"range\":{{\"from\":4}}}},")));

        Assert.Equal("bad", Class(reached["counterfactuals"]![0]!));
        Assert.Equal("bad", ranged["decision"]!["output"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[\"bad\"]")]
    [InlineData("\"\\ud800\"")]
    public async Task A_class_that_is_no_scalar_is_refused(string name)
    {
        _explainer.Registry.Add("risk", Single(), new VersionMetadata { Task = "binary_classification", Classes = ["good", "bad"] });

        await _explainer.PostAsync("risk", Ask("counterfactual", 3, $"\"counterfactual\":{{\"class\":{name}}},")).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await _explainer.PostAsync("risk", Ask("anchors", 3, $"\"anchors\":{{\"range\":{{\"to\":1}},\"class\":{name}}},")).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_model_of_one_row_a_run_is_explained_row_by_row()
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, 1, 1).Constant("w", Datatype.FP32, [1, 2], 1f, 0f).Constant("b", Datatype.FP32, [2], 0f, 5f)
            .Node("MatMul", ["x", "w"], ["s"]).Node("Add", ["s", "b"], ["y"]).Output("y", Datatype.FP32, 1, 2);
        _explainer.Registry.Add("single", file.ToArray(), new VersionMetadata { Task = "multiclass_classification", Classes = ["good", "bad"] });

        var changed = Row(await _explainer.ExplainAsync("single", Ask("counterfactual", 3)));
        var ruled = Row(await _explainer.ExplainAsync("single", Ask("anchors", 1)));

        Assert.Equal([5], changed["counterfactuals"]![0]!["values"].Numbers());
        Assert.True(ruled["anchor"]!["isReached"]!.GetValue<bool>());
    }

    private static JsonNode Row(JsonNode answer) => answer["rows"]!.AsArray().Single()!;

    private static string Class(JsonNode decided) => decided["decision"]!["class"]!.GetValue<string>();

    private static string Ask(string method, double age, string more = "") =>
        $$"""{"method":"{{method}}",{{more}}"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"data":[{{age}}]}],{{Rows}}}""";

    private static byte[] Labels(long first) => new OnnxFile().Input("x", Datatype.FP32, "n", 1).Constant("four", Datatype.FP32, [1], 4f).Constant("first", Datatype.Int64, [1], first)
        .Node("Greater", ["x", "four"], ["above"]).Node("Cast", ["above"], ["number"], "", OnnxFile.Integer("to", 7)).Node("Add", ["number", "first"], ["y"])
        .Output("y", Datatype.Int64, "n", 1).ToArray();

    /// <summary>y is the age and 5, z both below zero.</summary>
    private static OnnxFile Scores() => new OnnxFile().Input("x", Datatype.FP32, "n", 1)
        .Constant("w", Datatype.FP32, [1, 2], 1f, 0f).Constant("b", Datatype.FP32, [2], 0f, 5f)
        .Node("MatMul", ["x", "w"], ["s"]).Node("Add", ["s", "b"], ["y"]).Node("Neg", ["y"], ["z"]);

    private static byte[] Single() => new OnnxFile().Input("x", Datatype.FP32, "n", 1).Constant("w", Datatype.FP32, [1, 1], 0.1f)
        .Node("MatMul", ["x", "w"], ["p"]).Output("p", Datatype.FP32, "n", 1).ToArray();
}
