using Microsoft.Extensions.DependencyInjection;
using Platform.Inference.Models;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Isolation;

/// <summary>What another build has let in may do to this one what it did not do to that: it is loaded in a process of its own first.</summary>
public sealed class FirstLoadTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    // Less than a process takes that loads the model.
    private static readonly KeyValuePair<string, string?> TooLittle = new("Isolation:MemoryBytes", $"{128 << 20}");

    [Fact]
    public async Task A_file_of_another_build_is_refused_by_what_it_does_to_a_process_of_its_own()
    {
        await using var host = await InferenceHost.StartAsync(registry => Deploy(registry, TinyModels.Layers(128)), TooLittle);

        Assert.NotNull(host.Models.FindSlot("same", null));
        foreach (var model in new[] { "other", "unknown" })
        {
            Assert.Null(host.Models.FindSlot(model, null));
            var reason = host.Services.GetRequiredService<DeploymentSync>().Failures[(model, "1")];
            Assert.Contains("memory", reason, StringComparison.Ordinal);
            Discretion.AssertKept(model, reason);
        }
    }

    [Fact]
    public async Task A_file_of_another_build_that_can_be_loaded_serves()
    {
        await using var host = await InferenceHost.StartAsync(registry => Deploy(registry, TinyModels.Linear()));
        foreach (var model in new[] { "same", "other", "unknown" }) await host.InferAsync(model, Row);
    }

    private static void Deploy(StubRegistry registry, OnnxFile model)
    {
        var file = model.ToArray();
        registry.Deploy("same", "1", file);
        registry.Deploy("other", "1", file, vettedBy: "another-build");
        registry.Deploy("unknown", "1", file, vettedBy: "");
    }
}
