using Platform.TestModels;

namespace Platform.Inference.Tests.Statistics;

public sealed class VersionSeriesTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    [Fact]
    public async Task Outcomes_are_counted_from_zero_and_their_series_end_with_the_version()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("observed", "1", TinyModels.Linear()));
        await host.InferAsync("observed", Row);
        var before = await host.Http.GetStringAsync("/metrics");

        host.Registry.Deploy("observed", "2", TinyModels.Linear());
        await host.SwitchAsync("observed", "2");
        var after = await host.Http.GetStringAsync("/metrics");

        Assert.Contains("""platform_inference_requests_total{model="observed",outcome="succeeded",version="1"} 1""", before);
        Assert.Contains("""platform_inference_requests_total{model="observed",outcome="failed",version="1"} 0""", before);
        Assert.DoesNotContain("""platform_inference_requests_total{model="observed",outcome="succeeded",version="1"}""", after);
        Assert.Contains("""platform_inference_requests_total{model="observed",outcome="succeeded",version="2"} 0""", after);
    }
}
