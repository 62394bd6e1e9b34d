using System.Net;
using System.Text.Json.Nodes;
using Platform.Inference.Tests.Predictions;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public async Task Requests_rows_and_runs_are_counted_with_their_durations()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Lookup()));
        await host.InferAsync("m", Row("0,1,2"));
        await host.InferAsync("m", Row("3"));
        await host.InferAsync("m", Row("99"), HttpStatusCode.BadRequest);

        var stats = await StatisticsAsync(host, requests: 3);

        Assert.Equal(("m", "1"), ((string?)stats["name"], (string?)stats["version"]));
        Assert.Equal(4, (long?)stats["inference_count"]);
        Assert.Equal(2, (long?)stats["execution_count"]);
        Assert.True((long)stats["last_inference"]! > 1_700_000_000_000);
        var times = stats["inference_stats"]!;
        Assert.Equal(2, (long?)times["success"]!["count"]);
        Assert.Equal(1, (long?)times["fail"]!["count"]);
        foreach (var part in new[] { "queue", "compute_input", "compute_infer", "compute_output" }) Assert.Equal(2, (long?)times[part]!["count"]);
        Assert.InRange((long)times["compute_infer"]!["ns"]!, 1, (long)times["success"]!["ns"]!);
        Assert.Equal([1, 3], stats["batch_stats"]!.AsArray().Select(batch => (int)batch!["batch_size"]!));
        Assert.True((long)stats["memory_usage"]![0]!["byte_size"]! > 0);
    }

    [Fact]
    public async Task Large_runs_are_counted_by_powers_of_two_so_that_callers_cannot_make_the_list_grow()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Lookup()));
        for (var rows = 257; rows < 267; rows++) await host.InferAsync("m", Row(string.Join(',', Enumerable.Repeat(1, rows))));

        var stats = await StatisticsAsync(host, requests: 10);

        Assert.Equal(512, (int?)Assert.Single(stats["batch_stats"]!.AsArray())!["batch_size"]);
        Assert.Equal(Enumerable.Range(257, 10).Sum(), (int?)stats["inference_count"]);
    }

    /// <summary>A request is counted once its reply has gone, which may be a moment after it has arrived.</summary>
    private static Task<JsonNode> StatisticsAsync(InferenceHost host, int requests) => Eventually.ValueAsync(async () =>
    {
        var stats = Assert.Single((await host.Http.GetAsync("/v2/models/m/stats").JsonAsync())["model_stats"]!.AsArray())!;
        var times = stats["inference_stats"]!;
        return (int)times["success"]!["count"]! + (int)times["fail"]!["count"]! == requests ? stats : null;
    }, $"{requests} requests are counted");

    [Theory]
    [InlineData("/v2/models/stats")]
    [InlineData("/v2/models/m/versions/1/stats")]
    [InlineData("/v2/models/m/versions/champion/stats")]
    public async Task Statistics_are_found_for_all_models_and_for_one_version(string path)
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Lookup()));

        Assert.Single((await host.Http.GetAsync(path).JsonAsync())["model_stats"]!.AsArray());
        await InferTests.ErrorAsync(host.Http.GetAsync("/v2/models/nobody/stats"), HttpStatusCode.NotFound);
    }

    private static string Row(string indices) =>
        $$"""{"inputs":[{"name":"index","shape":[{{indices.Split(',').Length}}],"datatype":"INT64","data":[{{indices}}]}]}""";
}
