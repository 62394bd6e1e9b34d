using System.Net;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Inference.Tests.Jobs;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Predictions;

/// <summary>Inputs with a default in the model's file: shown, and a request may bring them or leave them out.</summary>
public sealed class OptionalInputTests(OptionalInputTests.Fixture fixture) : IClassFixture<OptionalInputTests.Fixture>
{
    private const string X = """{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}""";
    private const string Ones = """{"name":"b","datatype":"FP32","shape":[3],"data":[1,1,1]}""";
    private const string Unused = """{"name":"unused","datatype":"FP32","shape":[],"data":[5]}""";

    private InferenceHost Host => fixture.Host;

    [Fact]
    public async Task They_are_shown_in_the_metadata_and_in_the_configuration()
    {
        var inputs = (await Host.Http.GetAsync("/v2/models/opt").JsonAsync())["inputs"]!.AsArray();
        var config = (await Host.Http.GetAsync("/v2/models/opt/config").JsonAsync())["input"]!.AsArray();

        Assert.Equal("""{"name":"b","datatype":"FP32","shape":[3],"optional":true}""", inputs.Single(input => (string?)input!["name"] == "b")!.ToJsonString());
        Assert.Null(inputs.Single(input => (string?)input!["name"] == "x")!["optional"]);
        Assert.Equal("[3]", config.Single(input => (string?)input!["name"] == "b" && (bool?)input["optional"] == true)!["dims"]!.ToJsonString());
    }

    [Theory]
    [InlineData(X, "[11,22,33]")]
    [InlineData($"{X},{Ones}", "[2,3,4]")]
    [InlineData($"{Ones},{X},{Unused}", "[2,3,4]")]
    [InlineData($"{X},{Unused}", "[11,22,33]")]
    public async Task A_request_may_bring_them_or_leave_them_out(string inputs, string expected)
    {
        var answer = await Host.InferAsync("opt", $$"""{"inputs":[{{inputs}}]}""");

        Assert.Equal(expected, answer["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData(Ones, "The input 'x' is missing.")]
    [InlineData($"{X},{Ones},{Ones}", "The input 'b' is given twice.")]
    [InlineData($$"""{{X}},{"name":"b","datatype":"INT64","shape":[3],"data":[1,1,1]}""", "the model takes FP32, not INT64")]
    [InlineData($$"""{{X}},{"name":"b","datatype":"FP32","shape":[2],"data":[1,1]}""", "does not fit the model's [3]")]
    public async Task What_does_not_fit_is_refused(string inputs, string expected) =>
        Assert.Contains(expected, (string?)(await Host.InferAsync("opt", $$"""{"inputs":[{{inputs}}]}""", HttpStatusCode.BadRequest))["error"]);

    [Fact]
    public async Task Of_many_at_once_each_has_its_own_value_or_the_default()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var b = i % 3 == 0 ? "" : $$""",{"name":"b","datatype":"FP32","shape":[3],"data":[{{i}},{{i}},{{i}}]}""";
            var answer = await Host.InferAsync("opt", $$"""{"inputs":[{{X}}{{b}}]}""");
            return (i, Data: answer["outputs"]![0]!["data"]!.ToJsonString());
        }));

        Assert.All(answers, answer => Assert.Equal(answer.i % 3 == 0 ? "[11,22,33]" : $"[{answer.i + 1},{answer.i + 2},{answer.i + 3}]", answer.Data));
    }

    [Fact]
    public async Task A_job_takes_them_too()
    {
        var id = await Host.Http.AcceptedAsync("opt", $$"""{"inputs":[{{X}},{{Ones}}]}""");

        var job = await Host.Http.JobAsync(id, "succeeded");

        Assert.Equal("[2,3,4]", job["result"]!["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task The_record_holds_them_where_they_were_given_and_hides_what_is_to_be_hidden()
    {
        await Host.InferAsync("recorded", $$"""{"inputs":[{{X}}]}""");
        await Host.InferAsync("recorded", $$"""{"inputs":[{{Unused}},{{X}},{{Ones}}]}""");

        var records = await Host.ReadLogAsync(all => all.Count(record => record.Subject == "recorded") == 2);

        var inputs = records.Where(record => record.Subject == "recorded").Select(record => record.Data.Inputs).ToList();
        Assert.Equal(["x"], inputs[0].Select(input => input.Name));
        Assert.Equal(["x", "b", "unused"], inputs[1].Select(input => input.Name));
        Assert.Equal(["[1,2,3]", "[1,1,1]", "[null]"], inputs[1].Select(input => input.Data.GetRawText()));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("opt", "1", TinyModels.OptionalInputs());
            registry.Deploy("recorded", "1", TinyModels.OptionalInputs(), metadata: new VersionMetadata
            {
                Logging = new LoggingPolicy { Redact = [new FeatureRedaction { Feature = "unused" }] },
            });
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
