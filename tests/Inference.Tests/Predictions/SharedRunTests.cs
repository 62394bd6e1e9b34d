using System.Net;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Predictions;

/// <summary>Callers at the same time, with rows as unlike as can be: each gets the answer that its row has alone.</summary>
public sealed class SharedRunTests(SharedRunTests.Fixture fixture) : IClassFixture<SharedRunTests.Fixture>
{
    private const int Callers = 16;

    private InferenceHost Host => fixture.Host;

    [Theory]
    [InlineData("average")]
    [InlineData("sum")]
    public async Task Texts_of_any_length_get_their_own_answers(string model) => await EachGetsItsOwnAsync(model, caller =>
        $$"""{"name":"text","shape":[1],"datatype":"BYTES","data":["{{string.Join(' ', Enumerable.Range(0, 1 + caller % 5 * 4).Select(i => (caller + i) % 3 == 0 ? "a" : "b"))}}"]}""");

    [Fact]
    public async Task Whole_numbers_of_any_size_get_their_own_answers_from_a_dynamically_quantised_model() => await EachGetsItsOwnAsync("quantised", caller =>
        $$"""{"name":"x","shape":[1,3],"datatype":"INT64","data":[{{caller}},{{caller * caller * 10}},1]}""");

    [Fact]
    public async Task Rows_with_missing_numbers_get_their_own_answers() => await EachGetsItsOwnAsync("largest", caller =>
        $$"""{"name":"x","shape":[1,3],"datatype":"FP32","data":[{{caller}},{{(caller % 2 == 0 ? "null" : "2")}},1]}""");

    [Fact]
    public async Task Rows_of_one_request_with_missing_numbers_are_answered_as_each_alone()
    {
        string[] rows = ["1,null,3", "4,5,6", "null,8,7", "1,null,3"];
        var alone = new List<string>();
        foreach (var row in rows) alone.Add(await AnswerAsync("largest", $$"""{"name":"x","shape":[1,3],"datatype":"FP32","data":[{{row}}]}"""));

        var together = await Host.InferAsync("largest", $$"""{"inputs":[{"name":"x","shape":[4,3],"datatype":"FP32","data":[{{string.Join(',', rows)}}]}]}""");

        Assert.Equal("[4,1]", together["outputs"]![0]!["shape"]!.ToJsonString());
        Assert.Equal(alone, together["outputs"]![0]!["data"]!.AsArray().Select(value => $"[{value?.ToJsonString() ?? "null"}]"));
    }

    [Theory]
    [InlineData("linear", """{"rows_share_runs":true,"decided_by":"graph","reason":"Every operator keeps rows apart."}""")]
    [InlineData("sum", """{"rows_share_runs":true,"decided_by":"graph","reason":"Every operator keeps rows apart."}""")]
    [InlineData("largest", """{"rows_share_runs":true,"decided_by":"graph","reason":"Every operator keeps rows apart."}""")]
    [InlineData("average", """{"rows_share_runs":false,"decided_by":"graph","reason":"ReduceMean (\u0027y\u0027) reduces over words and so works on words that are filled up to the longest text of the batch.","operator":"ReduceMean","node":"y"}""")]
    [InlineData("alone", """{"rows_share_runs":false,"decided_by":"owner","reason":"The metadata says that rows are to be run alone."}""")]
    public async Task The_configuration_says_whether_rows_share_runs_and_which_operator_forbids_it(string model, string expected) =>
        Assert.Equal(expected, (await Host.Http.GetAsync($"/v2/models/{model}/config").JsonAsync())["batching"]!.ToJsonString());

    [Fact]
    public async Task A_request_without_rows_is_answered_from_the_signature()
    {
        var answer = await Host.InferAsync("linear", """{"inputs":[{"name":"x","shape":[0,3],"datatype":"FP32","data":[]}]}""");

        Assert.Equal("""[{"name":"sum","datatype":"FP32","shape":[0,1],"data":[]},{"name":"doubled","datatype":"FP32","shape":[0,3],"data":[]}]""", answer["outputs"]!.ToJsonString());
    }

    [Fact]
    public async Task A_request_without_rows_has_no_classes_and_no_record()
    {
        await Host.InferAsync("add", """
            {"inputs":[{"name":"a","shape":[0,2],"datatype":"FP32","data":[]},{"name":"b","shape":[0,2],"datatype":"INT64","data":[]}],
             "outputs":[{"name":"y","parameters":{"classification":2}}]}
            """);
        await Host.InferAsync("add", """{"inputs":[{"name":"a","shape":[1,2],"datatype":"FP32","data":[1,2]},{"name":"b","shape":[1,2],"datatype":"INT64","data":[3,4]}]}""");

        static bool IsAnswer(PredictionLogged record) => record is { Subject: "add", Data.Status: PredictionStatus.Succeeded };
        var record = (await Host.ReadLogAsync(records => records.Exists(IsAnswer))).First(IsAnswer);

        Assert.Equal("[4,6]", record.Data.Outputs[0].Data.GetRawText());
    }

    [Theory]
    [InlineData("fragile", """{"name":"x","shape":[0,2],"datatype":"FP32","data":[]},{"name":"index","shape":[0],"datatype":"INT64","data":[]}""", "what output 'doubled' looks like")]
    [InlineData("add", """{"name":"a","shape":[0,2],"datatype":"FP32","data":[]},{"name":"b","shape":[1,2],"datatype":"INT64","data":[1,2]}""", "Input 'a' has no rows, but others have.")]
    public async Task A_request_without_rows_that_cannot_be_answered_is_refused_and_never_run(string model, string inputs, string reason)
    {
        using var response = await Host.PostAsync($"/v2/models/{model}/infer", $$"""{"inputs":[{{inputs}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]);
    }

    private async Task EachGetsItsOwnAsync(string model, Func<int, string> input)
    {
        var alone = new string[Callers];
        for (var caller = 0; caller < Callers; caller++) alone[caller] = await AnswerAsync(model, input(caller));
        for (var round = 0; round < 10; round++)
            Assert.Equal(alone, await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => AnswerAsync(model, input(caller)))));
    }

    private async Task<string> AnswerAsync(string model, string input) =>
        (await Host.InferAsync(model, $$"""{"inputs":[{{input}}]}"""))["outputs"]![0]!["data"]!.ToJsonString();

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        // One runner and a little patience: whoever may share a run does.
        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(
            registry =>
            {
                registry.Deploy("linear", "1", TinyModels.Linear());
                registry.Deploy("alone", "1", TinyModels.Linear(), metadata: new VersionMetadata { Serving = new ServingPolicy { Rows = "alone" } });
                registry.Deploy("add", "1", TinyModels.Add());
                registry.Deploy("fragile", "1", TinyModels.Fragile());
                registry.Deploy("average", "1", TextModels.Average());
                registry.Deploy("sum", "1", TextModels.Sum());
                registry.Deploy("largest", "1", new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("ReduceMax", ["x"], ["y"], "", OnnxFile.Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1));
                registry.Deploy("quantised", "1", new OnnxFile().Input("x", Datatype.Int64, "n", 3).Node("Cast", ["x"], ["f"], "", OnnxFile.Integer("to", 1))
                    .Node("DynamicQuantizeLinear", ["f"], ["q", "scale", "zero"]).Node("DequantizeLinear", ["q", "scale", "zero"], ["y"]).Output("y", Datatype.FP32, "n", 3));
            },
            new("Inference:Batching:Runners", "1"), new("Inference:Batching:MaxDelay", "00:00:00.005"));

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
