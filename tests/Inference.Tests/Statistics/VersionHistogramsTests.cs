using Platform.Hosting.Defaults;
using Platform.Inference.Statistics;
using Platform.TestKit;

namespace Platform.Inference.Tests.Statistics;

[Collection(nameof(VersionSeriesTests))]
public sealed class VersionHistogramsTests
{
    private const int MostGone = 3;

    [Fact]
    public async Task Series_of_versions_that_are_gone_end_and_those_of_the_ones_that_serve_go_on()
    {
        await using var host = await TestHost.StartAsync(builder => builder.AddPlatformDefaults("test"), app => app.MapPlatformDefaults());
        using var histograms = new VersionHistograms(() => 1, MostGone);
        var serving = new VersionHistograms.Measured();
        for (var gone = 0; gone < MostGone; gone++) Measure(histograms, new(), $"gone-{gone}");
        Measure(histograms, serving, "serving");
        var before = await host.Http.GetStringAsync("/metrics");

        Measure(histograms, new(), "next");
        Measure(histograms, serving, "serving");
        await host.Http.GetStringAsync("/metrics"); // the last time that the old ones are told
        var after = await host.Http.GetStringAsync("/metrics");

        Assert.Contains(Count("gone-0"), before);
        Assert.Contains(Count("serving"), before);
        Assert.DoesNotContain("version=\"gone-", after);
        Assert.Contains(Count("serving"), after);
        Assert.Contains(Count("next"), after);
    }

    private static void Measure(VersionHistograms histograms, VersionHistograms.Measured version, string name) =>
        histograms.Of(version).Total.Record(0.1, new("model", "histograms"), new KeyValuePair<string, object?>("version", name));

    private static string Count(string version) => $"platform_inference_duration_seconds_count{{model=\"histograms\",version=\"{version}\"}} 1\n";
}
