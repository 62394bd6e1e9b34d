using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Explainer.Tests.Explanations;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Predictions;

/// <summary>An optional input that was given stays as it was given, in the prediction and against the background alike.</summary>
public sealed class OptionalInputTests : IAsyncLifetime
{
    private const string X = """{"name":"x","datatype":"FP32","shape":[2,3],"data":[1,2,3,4,5,6]}""";
    private const string Twice = """{"name":"factor","datatype":"FP32","shape":[3],"data":[2,20,200]}""";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        _explainer.Registry.Add("scaled", Scaled(3), ["""{"inputs":{"x":[1,1,1]}}"""], new TensorSignature { Name = "factor", Datatype = "FP32", Shape = [3] });
        _explainer.Registry.Add("by-row", Scaled("m", 3), ["""{"inputs":{"x":[1,1,1]}}"""], new TensorSignature { Name = "factor", Datatype = "FP32", Shape = [-1, 3] });
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task Left_out_its_default_counts()
    {
        var answer = await ExplainAsync($"\"inputs\":[{X}]");

        Assert.Equal([[0, 10, 200], [3, 40, 500]], Attributions(answer));
    }

    [Fact]
    public async Task Given_its_value_counts_for_every_row_and_for_the_background()
    {
        var answer = await ExplainAsync($"\"inputs\":[{Twice},{X}]");

        Assert.Equal([[0, 20, 400], [6, 80, 1000]], Attributions(answer));
        Assert.Equal(["x[0]", "x[1]", "x[2]"], answer["features"]!.AsArray().Select(name => (string?)name));
    }

    [Theory]
    [InlineData("logged", 2)]
    [InlineData("logged:1", 1)]
    public async Task A_logged_prediction_is_explained_with_the_value_that_it_was_made_with(string id, int rows)
    {
        await _explainer.LogAsync("scaled", "logged", new PredictionData { Version = "1", Rows = 2, Inputs = [Logged(X), Logged(Twice)] });

        var answer = await ExplainAsync($"\"predictionId\":\"{id}\"");

        Assert.Equal(rows, answer["rows"]!.AsArray().Count);
        Assert.Equal([6, 80, 1000], Attributions(answer)[^1]);
    }

    [Theory]
    [InlineData("scaled", """{"name":"factor","datatype":"FP32","shape":[2],"data":[1,1]}""", HttpStatusCode.BadRequest, "explainer.inputs_invalid")]
    [InlineData("scaled", """{"name":"factor","datatype":"INT64","shape":[3],"data":[1,1,1]}""", HttpStatusCode.BadRequest, "explainer.inputs_invalid")]
    [InlineData("scaled", """{"name":"factor","datatype":"FP32","shape":[3],"data":[1,1]}""", HttpStatusCode.BadRequest, "explainer.inputs_invalid")]
    [InlineData("by-row", """{"name":"factor","datatype":"FP32","shape":[2,3],"data":[1,1,1,1,1,1]}""", HttpStatusCode.UnprocessableEntity, "explainer.unsupported")]
    public async Task One_that_does_not_fit_or_differs_by_row_is_refused(string model, string factor, HttpStatusCode status, string code) =>
        await _explainer.PostAsync(model, $$"""{"inputs":[{{X}},{{factor}}]}""").ProblemAsync(status, code);

    /// <summary>The sum of x · factor, which is 1, 10, 100 where it is left out.</summary>
    private static byte[] Scaled(params object[] shape) => new OnnxFile()
        .Input("x", Datatype.FP32, "n", 3)
        .Input("factor", Datatype.FP32, shape)
        .Constant("factor", Datatype.FP32, shape.Length == 1 ? [3] : [1, 3], 1f, 10f, 100f)
        .Node("Mul", ["x", "factor"], ["product"])
        .Node("ReduceSum", ["product", "axes"], ["y"])
        .Constant("axes", Datatype.Int64, [1], 1L)
        .Output("y", Datatype.FP32, "n", 1).ToArray();

    private static LoggedTensor Logged(string tensor) => JsonSerializer.Deserialize<LoggedTensor>(tensor, Platform.Hosting.PlatformJson.Tolerant)!;

    private static double[][] Attributions(JsonNode answer) =>
        [.. answer.AssertAddsUp()["rows"]!.AsArray().Select(row => row!["attributions"].Matrix().SelectMany(values => values).Select(value => Math.Round(value, 6)).ToArray())];

    private Task<JsonNode> ExplainAsync(string what) => _explainer.ExplainAsync("scaled", $"{{{what},\"method\":\"exact\"}}");
}
