using Microsoft.Extensions.Options;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Server;

public sealed class ProviderTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    [Fact]
    public async Task Where_no_accelerator_is_the_cpu_serves_and_everything_says_so()
    {
        await using var host = await InferenceHost.StartAsync(
            registry => registry.Deploy("m", "1", TinyModels.Linear()),
            new("Inference:Providers:0:Name", "tensorrt"), new("Inference:Providers:0:DeviceId", "63"),
            new("Inference:Providers:1:Name", "cuda"), new("Inference:Providers:1:DeviceId", "63"),
            new("Inference:Providers:1:MemoryLimitBytes", "1073741824"), new("Inference:Providers:1:Options:cudnn_conv_algo_search", "HEURISTIC"));
        await host.InferAsync("m", Row);

        var metadata = await host.Http.GetAsync("/v2/models/m").JsonAsync();
        var config = await host.Http.GetAsync("/v2/models/m/config").JsonAsync();
        var metrics = await host.Http.GetStringAsync("/metrics");
        var record = Assert.Single(await host.ReadLogAsync(1));

        Assert.Equal("cpu", (string?)metadata["parameters"]!["provider"]);
        Assert.Equal("KIND_CPU", (string?)config["instance_group"]![0]!["kind"]);
        Assert.Contains(metrics.Split('\n'), line =>
            line.StartsWith("platform_inference_loaded{", StringComparison.Ordinal) && line.Contains("model=\"m\"") && line.Contains("provider=\"cpu\""));
        Assert.Equal("cpu", record.Data.Device);
    }

    [Theory]
    [InlineData("Name", "gpu")]
    [InlineData("DeviceId", "-1")]
    [InlineData("MemoryLimitBytes", "5")]
    public async Task A_provider_that_cannot_be_is_refused_at_the_start(string setting, string value)
    {
        var settings = new Dictionary<string, string?> { ["Inference:Providers:0:Name"] = "cuda", [$"Inference:Providers:0:{setting}"] = value };

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => InferenceHost.StartAsync(_ => { }, [.. settings]));

        Assert.Contains(setting, refusal.Message);
    }
}
