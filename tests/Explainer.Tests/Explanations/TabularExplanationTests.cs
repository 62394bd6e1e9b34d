using System.Net;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Explainer.Tests.Models;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Explanations;

public sealed class TabularExplanationTests : IAsyncLifetime
{
    private const string ThreeOnes = """[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,1,1]}]""";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync() => _explainer = await ExplainerHost.StartAsync();

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Theory]
    [InlineData("mlp.onnx")]
    [InlineData("linear.onnx")]
    [InlineData("product.onnx")]
    [InlineData("forest.onnx")]
    public async Task Exact_explanations_are_those_of_brute_force(string name)
    {
        var golden = GoldenModel.Read(name);
        _explainer.Registry.Add("golden", await File.ReadAllBytesAsync(golden.Path));

        var answer = await _explainer.ExplainAsync("golden", new
        {
            method = "exact",
            inputs = new[] { Tensor("input", [.. golden.Rows.Select(row => row.Input)]) },
            output = golden.Output,
            background = golden.Background,
        });

        Assert.Equal("exact", answer.AssertAddsUp()["method"]!.GetValue<string>());
        for (var i = 0; i < golden.Rows.Length; i++)
        {
            var row = answer["rows"]![i]!;
            AssertClose(golden.Rows[i].Output, row["prediction"].Numbers());
            AssertClose(golden.Rows[i].Base, row["base"].Numbers());
            AssertClose([.. golden.Rows[i].Shapley.SelectMany(values => values)], [.. row["attributions"].Matrix().SelectMany(values => values)]);
        }
    }

    [Fact]
    public async Task A_model_whose_rows_change_each_other_is_explained_one_row_at_a_time_as_it_serves()
    {
        // Alone every row is its own mean: the answer is the constant, whatever the row.
        _explainer.Registry.Add("centred", new OnnxFile().Input("x", Datatype.FP32, "n", 3).Constant("five", Datatype.FP32, [], 5f)
            .Node("ReduceMean", ["x"], ["mean"], "", OnnxFile.Integers("axes", 0)).Node("Sub", ["x", "mean"], ["centred"]).Node("Add", ["centred", "five"], ["y"])
            .Output("y", Datatype.FP32, "n", 3).ToArray());

        var answer = await _explainer.ExplainAsync("centred", $$"""{"inputs":{{ThreeOnes}},"background":[[0,0,0],[7,8,9],[2,0,-1]]}""");

        answer.AssertAddsUp();
        AssertClose([5, 5, 5], answer["rows"]![0]!["prediction"].Numbers());
        AssertClose([5, 5, 5], answer["rows"]![0]!["base"].Numbers());
    }

    [Fact]
    public async Task The_answer_has_the_documented_form()
    {
        _explainer.Registry.Add(
            "credit", await File.ReadAllBytesAsync(GoldenModel.Read("forest.onnx").Path),
            new VersionMetadata { Classes = ["good", "bad"], Output = "probabilities", Features = Named("age", "sex", "a", "b", "c", "d", "e", "f") },
            ReferenceOf("input", GoldenModel.Read("forest.onnx").Background));

        var answer = await _explainer.ExplainAsync(
            "credit", """{"inputs":[{"name":"input","datatype":"FP32","shape":[1,8],"data":[1,2,3,4,5,6,7,8]}],"classes":[1],"method":"exact"}""");

        answer.AssertAddsUp();
        Assert.Equal(["age", "sex", "a", "b", "c", "d", "e", "f"], answer["features"].Texts());
        Assert.Equal(["bad"], answer["outputNames"].Texts());
        Assert.Equal(("exact", "credit", "1"), (Text("method"), Text("model"), Text("version")));
        Assert.Equal(("reference", 20), (answer["background"]!["source"]!.GetValue<string>(), answer["background"]!["rows"]!.GetValue<int>()));
        Assert.Equal(20 + 1 + (20 * 254), answer["evaluations"]!.GetValue<long>());
        Assert.Equal(1, answer["seed"]!.GetValue<long>());
        Assert.Null(answer["rows"]![0]!["standardErrors"]);
        Assert.True(answer["durationMs"]!.GetValue<long>() >= 0);
        Assert.Equal(8, answer["rows"]![0]!["attributions"].Matrix().Length);
        string Text(string name) => answer[name]!.GetValue<string>();
    }

    [Fact]
    public async Task An_explanation_can_be_read_again_by_its_id()
    {
        _explainer.Registry.Add("linear", TinyModels.Linear().ToArray());

        var answer = await _explainer.ExplainAsync("linear", $$"""{"inputs":{{ThreeOnes}},"background":[[0,0,0]]}""");

        var again = await _explainer.Http.GetAsync($"/v1/explanations/{answer["id"]}").JsonAsync();
        Assert.Equal(answer.ToJsonString(), again.ToJsonString());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes()
    {
        _explainer.Registry.Add(
            "mlp", await File.ReadAllBytesAsync(GoldenModel.Read("mlp.onnx").Path), null,
            ReferenceOf("input", [.. Enumerable.Range(0, 500).Select(i => Enumerable.Range(0, 8).Select(j => Math.Sin((i * 8) + j)).ToArray())]));
        async Task<string> Rows(int seed) => (await _explainer.ExplainAsync("mlp", $$"""
            {"method":"permutation","inputs":[{"name":"input","datatype":"FP32","shape":[1,8],"data":[1,-1,1,-1,1,-1,1,-1]}],"seed":{{seed}},"budget":2000}
            """)).AssertAddsUp()["rows"]!.ToJsonString();

        Assert.Equal(await Rows(7), await Rows(7));
        Assert.NotEqual(await Rows(7), await Rows(8));
    }

    [Fact]
    public async Task A_row_is_explained_alike_alone_and_among_others()
    {
        _explainer.Registry.Add("linear", TinyModels.Linear().ToArray());
        async Task<string[]> Rows(string shape, string data) => [.. (await _explainer.ExplainAsync("linear", $$"""
            {"method":"permutation","inputs":[{"name":"x","datatype":"FP32","shape":{{shape}},"data":{{data}}}],"background":[[0,0,0],[1,2,3]]}
            """)).AssertAddsUp()["rows"]!.AsArray().Select(row => row!.ToJsonString())];

        var together = await Rows("[2,3]", "[[4,5,6],[7,8,9]]");

        Assert.Equal([together[0]], await Rows("[1,3]", "[4,5,6]"));
        Assert.Equal([together[1]], await Rows("[1,3]", "[7,8,9]"));
    }

    [Fact]
    public async Task The_budget_bounds_the_evaluations_of_a_row()
    {
        _explainer.Registry.Add("linear", TinyModels.Linear().ToArray());

        var answer = await _explainer.ExplainAsync(
            "linear", $$"""{"method":"permutation","inputs":{{ThreeOnes}},"background":[[0,0,0],[2,2,2]],"budget":30}""");

        Assert.InRange(answer["evaluations"]!.GetValue<long>(), 11, 30);
        Assert.Equal([[-0.0], [0], [0]], answer["rows"]![0]!["attributions"].Matrix());
    }

    [Fact]
    public async Task Several_inputs_are_explained_as_one_row()
    {
        _explainer.Registry.Add("add", TinyModels.Add().ToArray());

        var answer = await _explainer.ExplainAsync("add", """
            {"inputs":[{"name":"b","datatype":"INT64","shape":[1,2],"data":[10,20]},{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,2]}],
             "background":[[0,0,0,0]]}
            """);

        Assert.Equal(["a[0]", "a[1]", "b[0]", "b[1]"], answer["features"].Texts());
        Assert.Equal([[1, 0], [0, 2], [10, 0], [0, 20]], answer["rows"]![0]!["attributions"].Matrix());
    }

    [Fact]
    public async Task A_model_without_a_batch_dimension_is_explained_as_one_row()
    {
        _explainer.Registry.Add("fixed", TinyModels.FixedShape().ToArray());

        var answer = await _explainer.ExplainAsync(
            "fixed", """{"inputs":[{"name":"x","datatype":"FP32","shape":[2,2],"data":[1,2,3,4]}],"background":[[0,0,0,1]]}""");

        Assert.Equal(["x[0,0]", "x[0,1]", "x[1,0]", "x[1,1]"], answer["features"].Texts());
        Assert.Equal([0, 0, 0, -1], answer["rows"]![0]!["base"].Numbers());
        Assert.Equal([0, 0, 0, -3], answer["rows"]![0]!["attributions"].Matrix()[3]);
    }

    [Fact]
    public async Task A_category_given_as_text_is_one_feature()
    {
        _explainer.Registry.Add(
            "category", TinyModels.Identity(Datatype.Bytes, "n", 1).ToArray(),
            new VersionMetadata { Features = [new FeatureDefinition { Name = "colour", Kind = "categorical" }] });

        var detail = await _explainer.PostAsync(
                "category", """{"inputs":[{"name":"x","datatype":"BYTES","shape":[1,1],"data":["red blue"]}],"background":[["red"]]}""")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "explainer.output_not_numeric");

        Assert.Contains("'y'", detail);
    }

    [Fact]
    public async Task An_image_of_784_pixels_is_explained_within_the_default_budget()
    {
        var sample = Repository.PathOf("samples", "fashion", "v1");
        var metadata = JsonSerializer.Deserialize<VersionMetadata>(await File.ReadAllTextAsync(Path.Combine(sample, "metadata.json")), JsonSerializerOptions.Web)!;
        var file = await File.ReadAllBytesAsync(Path.Combine(sample, "model.onnx"));
        using var session = Onnx.Sessions.ModelSession.Load(Path.Combine(sample, "model.onnx"));
        var input = session.Signature.Inputs[0];
        double[][] background = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 784).Select(p => (double)((p * i) % 7)).ToArray())];
        _explainer.Registry.Add("fashion", file, metadata, ReferenceOf(input.Name, background));

        var answer = await _explainer.ExplainAsync("fashion", new
        {
            inputs = new[]
            {
                new { name = input.Name, datatype = input.Datatype.Name(), shape = new[] { 1L }.Concat(input.Shape.Skip(1)), data = new double[784] },
            },
            budget = 4000,
        });

        Assert.Equal("permutation", answer.AssertAddsUp()["method"]!.GetValue<string>());
        Assert.Equal(784, answer["rows"]![0]!["attributions"]!.AsArray().Count);
        Assert.True(answer["evaluations"]!.GetValue<long>() <= 4000);
    }

    private static object Tensor(string name, double[][] rows) => new
    {
        name, datatype = "FP32", shape = new[] { rows.Length, rows[0].Length }, data = rows.SelectMany(row => row),
    };

    private static FeatureDefinition[] Named(params string[] names) => [.. names.Select(name => new FeatureDefinition { Name = name })];

    private static IEnumerable<string> ReferenceOf(string input, double[][] rows) => rows.Select(row => JsonSerializer.Serialize(
        new { inputs = new Dictionary<string, double[]> { [input] = row } }));

    private static void AssertClose(double[] expected, double[] actual) => Attribution.Explain.AssertClose(expected, actual, 2e-6);
}
