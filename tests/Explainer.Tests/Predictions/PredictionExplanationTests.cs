using System.Net;
using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Explainer.Tests.Explanations;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Predictions;

public sealed class PredictionExplanationTests : IAsyncLifetime
{
    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        _explainer.Registry.Add("linear", TinyModels.Linear().ToArray(), null, ["""{"inputs":{"x":[0,0,0]}}"""], version: "1");
        _explainer.Registry.Add("linear", TinyModels.Linear(2, 20, 200).ToArray(), null, ["""{"inputs":{"x":[0,0,0]}}"""], version: "2");
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task A_logged_prediction_is_explained_with_the_version_that_made_it()
    {
        await _explainer.LogAsync("linear", "p-1", Logged("[1,2,3]", rows: 1));

        var answer = await ExplainAsync("p-1");

        Assert.Equal(("1", "p-1"), (answer["version"]!.GetValue<string>(), answer["predictionId"]!.GetValue<string>()));
        AssertClose([1, 20, 300], answer.AssertAddsUp()["rows"]![0]!["attributions"]);
    }

    [Fact]
    public async Task Another_version_can_be_asked_about_the_same_prediction()
    {
        await _explainer.LogAsync("linear", "p-1", Logged("[1,2,3]", rows: 1));

        var answer = await _explainer.ExplainAsync("linear", """{"predictionId":"p-1","version":"champion"}""");

        AssertClose([2, 40, 600], answer["rows"]![0]!["attributions"]);
    }

    [Fact]
    public async Task A_prediction_that_is_logged_a_moment_later_is_waited_for()
    {
        var asking = _explainer.ExplainAsync("linear", """{"predictionId":"late"}""");
        await _explainer.LogAsync("linear", "late", Logged("[1,2,3]", rows: 1));

        Assert.Equal("late", (await asking)["predictionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task All_rows_of_a_prediction_or_one_of_them_are_explained()
    {
        await _explainer.LogAsync("linear", "p-2", Logged("[1,2,3,4,5,6]", rows: 2));

        Assert.Equal(2, (await ExplainAsync("p-2"))["rows"]!.AsArray().Count);
        var second = Assert.Single((await ExplainAsync("p-2:1"))["rows"]!.AsArray());
        AssertClose([4, 50, 600], second!["attributions"]);
        await AssertRefusedAsync("p-2:2", HttpStatusCode.NotFound, "explainer.prediction_row_not_found");
    }

    [Fact]
    public async Task The_only_row_of_a_request_may_be_named_by_its_place()
    {
        await _explainer.LogAsync("linear", "only", Logged("[1,2,3]", rows: 1));
        _explainer.Registry.Add("square", TinyModels.FixedShape().ToArray(), null, ["""{"inputs":{"x":[0,0,0,0]}}"""]);
        await _explainer.LogAsync("square", "whole", new()
        {
            Version = "1",
            Inputs = [new() { Name = "x", Datatype = "FP32", Shape = [2, 2], Data = JsonSerializer.SerializeToElement(new[] { 1, 2, 3, 4 }) }],
        });

        AssertClose([1, 20, 300], Assert.Single((await ExplainAsync("only:0"))["rows"]!.AsArray())!["attributions"]);
        await AssertRefusedAsync("only:1", HttpStatusCode.NotFound, "explainer.prediction_row_not_found");
        await AssertRefusedAsync("only:00", HttpStatusCode.NotFound, "explainer.prediction_not_found");
        var square = await _explainer.ExplainAsync("square", """{"predictionId":"whole:0"}""");
        Assert.Equal([-1, -2, -3, -4], square["rows"]![0]!["prediction"]!.AsArray().Select(value => value!.GetValue<double>()));
    }

    [Fact]
    public async Task An_id_that_ends_like_a_row_is_found_as_a_whole()
    {
        await _explainer.LogAsync("linear", "mine:1", Logged("[1,2,3]", rows: 1));

        Assert.Single((await ExplainAsync("mine:1"))["rows"]!.AsArray());
    }

    [Theory]
    [InlineData("linear", "unknown")]
    [InlineData("linear", "unknown:3")]
    [InlineData("other", "known")]
    public async Task An_unknown_prediction_is_not_found(string model, string id)
    {
        await using var explainer = await ExplainerHost.StartAsync(("Explainer:PredictionPatience", "00:00:00.100"));
        await explainer.LogAsync("linear", "known", Logged("[1,2,3]", rows: 1));

        await explainer.PostAsync(model, $$"""{"predictionId":"{{id}}"}""")
            .ProblemAsync(HttpStatusCode.NotFound, "explainer.prediction_not_found");
    }

    [Fact]
    public async Task A_prediction_without_a_complete_answer_and_question_cannot_be_explained()
    {
        var complete = Logged("[1,2,3]", rows: 1);
        await _explainer.LogAsync("linear", "failed", complete with { Status = PredictionStatus.Failed });
        await _explainer.LogAsync("linear", "sampled", complete with { Inputs = [complete.Inputs[0] with { Stride = 2 }] });
        var redacting = new VersionMetadata { Logging = new LoggingPolicy { Redact = [new FeatureRedaction { Feature = "x[0]" }] } };
        _explainer.Registry.Add("redacting", TinyModels.Linear().ToArray(), redacting);
        await _explainer.LogAsync("redacting", "redacted", complete);

        await AssertRefusedAsync("failed", HttpStatusCode.UnprocessableEntity, "explainer.prediction_not_explainable");
        await AssertRefusedAsync("sampled", HttpStatusCode.UnprocessableEntity, "explainer.prediction_not_explainable");
        await _explainer.PostAsync("redacting", """{"predictionId":"redacted"}""")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "explainer.prediction_not_explainable");
    }

    [Fact]
    public async Task After_a_restart_predictions_are_found_again()
    {
        using var data = new TemporaryFolder();
        await using (var before = await ExplainerHost.StartAsync(
            ("Storage:Directory", data.Path), ("Explainer:IndexStoreInterval", "00:00:00.010"), ("Explainer:IndexedPredictions", "2")))
        {
            before.Registry.Add("linear", TinyModels.Linear().ToArray(), null, ["""{"inputs":{"x":[0,0,0]}}"""]);
            for (var i = 0; i < 5; i++)
                await before.LogAsync("linear", $"p-{i}", Logged("[1,2,3]", rows: 1));
            await before.ExplainAsync("linear", """{"predictionId":"p-4"}""");
        }

        await using var after = await ExplainerHost.StartAsync(
            ("Storage:Directory", data.Path), ("Explainer:IndexedPredictions", "2"), ("Explainer:PredictionPatience", "00:00:00.100"));
        after.Registry.Add("linear", TinyModels.Linear().ToArray(), null, ["""{"inputs":{"x":[0,0,0]}}"""]);

        await after.UntilIndexedAsync("p-4");
        await after.ExplainAsync("linear", """{"predictionId":"p-3"}""");
        await after.PostAsync("linear", """{"predictionId":"p-2"}""").ProblemAsync(HttpStatusCode.NotFound, "explainer.prediction_not_found");
    }

    private static PredictionData Logged(string data, int rows) => new()
    {
        Version = "1",
        Rows = rows,
        Inputs = [new LoggedTensor { Name = "x", Datatype = "FP32", Shape = [rows, 3], Data = JsonSerializer.Deserialize<JsonElement>(data) }],
    };

    private static void AssertClose(double[] expected, System.Text.Json.Nodes.JsonNode? attributions) =>
        Attribution.Explain.AssertClose(expected, [.. attributions.Matrix().SelectMany(values => values)], 1e-9);

    private Task<HttpResponseMessage> PostAsync(string id) => _explainer.PostAsync("linear", $$"""{"predictionId":"{{id}}"}""");

    private Task<System.Text.Json.Nodes.JsonNode> ExplainAsync(string id) => PostAsync(id).JsonAsync();

    private Task<string> AssertRefusedAsync(string id, HttpStatusCode status, string code) => PostAsync(id).ProblemAsync(status, code);
}
