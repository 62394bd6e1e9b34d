using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Explainer.Routes;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>Whatever a caller sends, the answer says what is wrong with it.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Inputs = "\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":[1,2,3]}]";
    private const string Background = "\"background\":[[0,0,0]]";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        _explainer.Registry.Add("linear", TinyModels.Linear().ToArray());
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Theory]
    [InlineData("""{}""", "inputs")]
    [InlineData("""{"inputs":[],"background":[[0,0,0]]}""", "inputs")]
    [InlineData("""{"inputs":[null]}""", "inputs")]
    [InlineData("""{"inputs":[{"name":null,"datatype":"FP32","shape":[1,3],"data":[1,2,3]}]}""", "inputs")]
    [InlineData("""{"predictionId":""}""", "predictionId")]
    [InlineData("""{"predictionId":"a","inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}]}""", "inputs")]
    [InlineData("""{"predictionId":"a","classes":[]}""", "classes")]
    [InlineData("""{"predictionId":"a","classes":[1,1]}""", "classes")]
    [InlineData("""{"predictionId":"a","budget":0}""", "budget")]
    [InlineData("""{"predictionId":"a","budget":1000001}""", "budget")]
    [InlineData("""{"predictionId":"a","mode":"later"}""", "mode")]
    [InlineData("""{"predictionId":"a","background":[null]}""", "background")]
    public async Task A_request_that_contradicts_itself_is_refused_by_field(string body, string field)
    {
        var problem = await _explainer.PostAsync("linear", body).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal("request.invalid", problem["code"]!.GetValue<string>());
        Assert.NotNull(problem["errors"]![field]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"predictionId":1}""")]
    [InlineData("""{"predictionId":"a","colour":"red"}""")]
    [InlineData("""{"predictionId":"a","seed":1e30}""")]
    [InlineData("""{"inputs":[{"name":"x"}]}""")]
    [InlineData("""{"inputs":[{"name":"x","datatype":"FP32","shape":["1"],"data":[]}]}""")]
    [InlineData("""{"predictionId":"a","classes":["bad"]}""")]
    public async Task A_body_of_another_form_is_refused(string body) =>
        await _explainer.PostAsync("linear", body).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

    [Fact]
    public async Task Deeply_nested_data_is_refused()
    {
        var data = new string('[', 100_000) + new string(']', 100_000);

        await _explainer.PostAsync("linear", $$"""{"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":{{data}}}]}""")
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task An_unknown_method_is_answered_with_the_known_ones()
    {
        var detail = await RefusedAsync($$"""{"method":"guess",{{Inputs}},{{Background}}}""", HttpStatusCode.BadRequest, "explainer.method_not_supported");

        Assert.Contains("auto, exact, kernel, lime, linear, occlusion, permutation, sampling, tree, anchors, counterfactual", detail);
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("linear", "\"version\":\"9\",")]
    [InlineData("linear", "\"version\":\"../1\",")]
    [InlineData("linear", "\"version\":\"\",")]
    [InlineData("a%2Fb", "")]
    public async Task An_unknown_model_or_version_is_not_found(string model, string version) =>
        await _explainer.PostAsync(model, $$"""{{{version}}{{Inputs}},{{Background}}}""")
            .ProblemAsync(HttpStatusCode.NotFound, "explainer.version_not_found");

    [Theory]
    [InlineData("\"output\":\"nothing\",", HttpStatusCode.BadRequest, "explainer.output_unknown")]
    [InlineData("\"classes\":[1],", HttpStatusCode.BadRequest, "explainer.class_unknown")]
    [InlineData("\"method\":\"permutation\",\"budget\":5,", HttpStatusCode.UnprocessableEntity, "explainer.budget_too_small")]
    public async Task What_the_model_does_not_allow_is_refused(string field, HttpStatusCode status, string code) =>
        await RefusedAsync($$"""{{{field}}{{Inputs}},{{Background}}}""", status, code);

    [Fact]
    public async Task A_version_without_reference_rows_needs_a_background() =>
        await RefusedAsync($$"""{{{Inputs}}}""", HttpStatusCode.UnprocessableEntity, "explainer.no_background");

    [Fact]
    public async Task A_model_that_answers_NaN_cannot_be_explained()
    {
        _explainer.Registry.Add("log", new OnnxFile()
            .Input("x", Datatype.FP32, "n", 3).Node("Log", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3).ToArray());

        await RefusedAsync($$"""{{{Inputs}},"background":[[-1,1,1]]}""", HttpStatusCode.UnprocessableEntity, "explainer.output_not_finite", "log");
    }

    [Fact]
    public async Task A_model_that_fails_on_the_background_says_so()
    {
        _explainer.Registry.Add("lookup", TinyModels.Lookup().ToArray());

        await RefusedAsync(
            """{"inputs":[{"name":"index","datatype":"INT64","shape":[1],"data":[1]}],"background":[[99]]}""",
            HttpStatusCode.UnprocessableEntity, "explainer.model_failed", "lookup");
    }

    [Fact]
    public async Task A_file_that_is_no_model_says_so()
    {
        _explainer.Registry.Add("broken", [1, 2, 3]);

        await RefusedAsync($$"""{{{Inputs}},{{Background}}}""", HttpStatusCode.UnprocessableEntity, "explainer.model_not_loadable", "broken");
    }

    [Fact]
    public async Task An_output_that_is_not_one_answer_per_row_says_so()
    {
        _explainer.Registry.Add("total", new OnnxFile()
            .Input("x", Datatype.FP32, "n", 3).Constant("axis", Datatype.Int64, [1], 0L)
            .Node("ReduceSum", ["x", "axis"], ["y"], "", OnnxFile.Integer("keepdims", 0)).Output("y", Datatype.FP32, 3).ToArray());

        await RefusedAsync($$"""{{{Inputs}},{{Background}}}""", HttpStatusCode.UnprocessableEntity, "explainer.output_not_per_row", "total");
    }

    [Fact]
    public async Task An_answer_without_bound_is_refused()
    {
        _explainer.Registry.Add("wide", TinyModels.Identity(Datatype.FP32, "n", 200).ToArray());
        var cells = string.Join(',', Enumerable.Repeat("1", 100 * 200));
        var classes = string.Join(',', Enumerable.Range(0, 100));
        var background = string.Join(',', Enumerable.Repeat("0", 200));

        await RefusedAsync(
            $$"""
            {"inputs":[{"name":"x","datatype":"FP32","shape":[100,200],"data":[{{cells}}]}],"background":[[{{background}}]],"classes":[{{classes}}]}
            """,
            HttpStatusCode.UnprocessableEntity, "explainer.answer_too_large", "wide");
    }

    [Fact]
    public async Task An_explanation_that_takes_too_long_is_stopped()
    {
        await using var hasty = await ExplainerHost.StartAsync(("Explainer:SyncTimeLimit", "00:00:00.500"));
        hasty.Registry.Add("endless", TinyModels.Endless().ToArray());

        await hasty.PostAsync("endless", Endless).ProblemAsync(HttpStatusCode.UnprocessableEntity, "explainer.time_limit");
    }

    [Fact]
    public async Task More_callers_than_can_wait_are_sent_away()
    {
        await using var narrow = await ExplainerHost.StartAsync(("Explainer:Concurrency", "1"), ("Explainer:WaitingCallers", "0"));
        narrow.Registry.Add("linear", TinyModels.Linear().ToArray());
        const string body = $$"""{{{Inputs}},{{Background}}}""";

        using (var only = await narrow.Host.App.Services.GetRequiredService<ExplanationTurns>().TakeAsync(default))
        {
            Assert.True(only.IsAcquired);
            using var answer = await narrow.PostAsync("linear", body);
            Assert.NotNull(answer.Headers.RetryAfter);
            await Task.FromResult(answer).ProblemAsync(HttpStatusCode.TooManyRequests, "explainer.busy");
        }

        await narrow.ExplainAsync("linear", body);
    }

    [Fact]
    public async Task An_unknown_explanation_is_not_found() =>
        await _explainer.Http.GetAsync("/v1/explanations/nothing").ProblemAsync(HttpStatusCode.NotFound, "explainer.explanation_not_found");

    private const string Endless = """{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}],"background":[[0]]}""";

    private Task<string> RefusedAsync(string body, HttpStatusCode status, string code, string model = "linear") =>
        _explainer.PostAsync(model, body).ProblemAsync(status, code);
}
