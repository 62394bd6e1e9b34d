using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Statistics;

/// <summary>Alone, because hosts of one process share the names of their meters.</summary>
[CollectionDefinition(nameof(VersionSeriesTests), DisableParallelization = true)]
[Collection(nameof(VersionSeriesTests))]
public sealed class VersionSeriesTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    [Fact]
    public async Task Outcomes_are_counted_from_zero_and_their_series_end_with_the_version()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("observed", "1", TinyModels.Linear()));
        await host.InferAsync("observed", Row);
        // Counted once the reply has gone.
        var before = await Eventually.ValueAsync(
            async () => await host.Http.GetStringAsync("/metrics") is var metrics && metrics.Contains(Succeeded("1", 1)) ? metrics : null, "the request was counted");

        host.Registry.Deploy("observed", "2", TinyModels.Linear());
        await host.SwitchAsync("observed", "2");
        var after = await host.Http.GetStringAsync("/metrics");

        Assert.Contains("""platform_inference_requests_total{model="observed",outcome="failed",version="1"} 0""", before);
        Assert.DoesNotContain(Succeeded("1", 1), after);
        Assert.Contains(Succeeded("2", 0), after);
    }

    private static string Succeeded(string version, int count) =>
        $"platform_inference_requests_total{{model=\"observed\",outcome=\"succeeded\",version=\"{version}\"}} {count}\n";
}
