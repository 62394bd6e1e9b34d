using System.Net;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Isolation;

/// <summary>Which models run in processes of their own, and that they answer there as elsewhere.</summary>
public sealed class IsolatedModelTests(IsolatedModelTests.Fixture fixture) : IClassFixture<IsolatedModelTests.Fixture>
{
    private const string Division = """{"inputs":[{"name":"a","shape":[2],"datatype":"INT32","data":[7,-9]},{"name":"b","shape":[2],"datatype":"INT32","data":[2,3]}]}""";

    public static VersionMetadata Isolated { get; } = new() { Serving = new ServingPolicy { Isolation = "process" } };

    private InferenceHost Host => fixture.Host;

    [Fact]
    public async Task A_model_that_divides_whole_numbers_runs_in_one_and_says_which_operator_asks_for_it()
    {
        Assert.Equal("[3,-3]", (await Host.InferAsync("divide", Division))["outputs"]![0]!["data"]!.ToJsonString());

        var config = await Host.Http.GetAsync("/v2/models/divide/config").JsonAsync();
        var isolation = config["isolation"]!;
        Assert.Equal(("process", "graph", "Div", "y"),
            ((string?)isolation["runs"], (string?)isolation["decided_by"], (string?)isolation["operator"], (string?)isolation["node"]));
        Assert.StartsWith("Div ('y') divides whole numbers", (string?)isolation["reason"]);
        Assert.Equal((false, "graph"), ((bool)config["batching"]!["rows_share_runs"]!, (string?)config["batching"]!["decided_by"]));
        Assert.Equal("runs in a process of its own", await ReasonAsync("divide"));
    }

    [Fact]
    public async Task A_model_whose_owner_asks_for_it_runs_in_one_and_shares_runs_as_elsewhere()
    {
        Assert.Equal("[321]", (await Host.InferAsync("linear", Row))["outputs"]![0]!["data"]!.ToJsonString());

        var config = await Host.Http.GetAsync("/v2/models/linear/config").JsonAsync();
        Assert.Equal(("process", "owner"), ((string?)config["isolation"]!["runs"], (string?)config["isolation"]!["decided_by"]));
        Assert.True((bool)config["batching"]!["rows_share_runs"]!);
        Assert.Equal(0, (int)config["isolation"]!["restarts"]!);
    }

    [Fact]
    public async Task Every_other_model_runs_in_the_service()
    {
        var config = await Host.Http.GetAsync("/v2/models/plain/config").JsonAsync();

        Assert.Equal("""{"runs":"service","decided_by":"graph","reason":"No operator of the graph is known to end the process that runs it."}""",
            config["isolation"]!.ToJsonString());
        Assert.Equal("", await ReasonAsync("plain"));
    }

    [Fact]
    public async Task Where_the_operator_says_so_none_runs_in_one()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("linear", "1", TinyModels.Linear(), metadata: Isolated),
            new KeyValuePair<string, string?>("Isolation:Models", "None"));

        var isolation = (await host.Http.GetAsync("/v2/models/linear/config").JsonAsync())["isolation"]!;
        Assert.Equal(("service", "operator"), ((string?)isolation["runs"], (string?)isolation["decided_by"]));
    }

    [Fact]
    public async Task Its_configuration_can_be_sent_back_as_it_is()
    {
        var config = await Host.Http.GetAsync("/v2/models/divide/config").JsonAsync();
        var load = new System.Text.Json.Nodes.JsonObject { ["parameters"] = new System.Text.Json.Nodes.JsonObject { ["config"] = config.ToJsonString() } };

        using var answer = await Host.PostAsync("/v2/repository/models/divide/load", load.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Callers_of_every_kind_get_their_own_rows()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
        {
            for (var round = 0; round < 20; round++)
            {
                var row = Row.Replace("[1,2,3]", $"[{caller},{round},1]");
                var sum = (double)(await Host.InferAsync("linear", row))["outputs"]![0]!["data"]![0]!;
                Assert.Equal(caller + (10 * round) + 100, sum);
            }
        }));
    }

    [Fact]
    public async Task What_a_model_cannot_be_run_on_is_the_callers_affair()
    {
        using var answer = await Host.PostAsync("/v2/models/lookup/infer", """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[99]}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("could not be run on these inputs", await answer.Content.ReadAsStringAsync());
    }

    private async Task<string?> ReasonAsync(string model) =>
        (string?)(await Host.PostAsync("/v2/repository/index", "{}").JsonAsync()).AsArray().Single(entry => (string?)entry!["name"] == model)!["reason"];

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("divide", "1", new OnnxFile().Input("a", Datatype.Int32, "n").Input("b", Datatype.Int32, "n")
                .Node("Div", ["a", "b"], ["y"]).Output("y", Datatype.Int32, "n"));
            registry.Deploy("linear", "1", TinyModels.Linear(), metadata: Isolated);
            registry.Deploy("lookup", "1", TinyModels.Lookup(), metadata: Isolated);
            registry.Deploy("plain", "1", TinyModels.Linear());
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
