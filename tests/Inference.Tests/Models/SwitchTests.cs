using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Inference.Models;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Models;

public sealed class SwitchTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}],"outputs":[{"name":"sum"}]}""";

    [Fact]
    public async Task No_request_fails_or_gets_a_mixture_while_versions_are_switched_under_load()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", Version(1)));
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentBag<(HttpStatusCode Status, string Version, float Sum)>();
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) answers.Add(await CallAsync(host));
        })).ToArray();

        for (var version = 2; version <= 9; version++)
        {
            host.Registry.Deploy("m", version.ToString(), Version(version));
            await host.SwitchAsync("m", version.ToString());
            await Eventually.TrueAsync(() => answers.Any(answer => answer.Version == $"{version}"), $"version {version} has answered");
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers, answer => Assert.Equal(float.Parse(answer.Version) * 6, answer.Sum));
    }

    [Fact]
    public async Task A_version_that_is_replaced_gives_its_memory_back_after_its_last_request()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", Version(1)));
        var table = host.Services.GetRequiredService<ModelTable>();
        var old = table.Acquire("m", null)!;
        host.Registry.Deploy("m", "2", Version(2));
        await host.SwitchAsync("m", "2");

        Assert.True(old.TryAcquire(), "A version with a lease out is still there.");
        old.Release();
        old.Release();

        Assert.False(old.TryAcquire(), "Nobody holds it any more.");
    }

    [Fact]
    public async Task A_version_that_cannot_be_loaded_leaves_the_old_one_serving_and_says_so_once()
    {
        await using var host = await InferenceHost.StartAsync(
            registry => registry.Deploy("m", "1", Version(1)), new KeyValuePair<string, string?>("Registry:ReconcileInterval", "00:00:00.100"));
        var failures = await host.HearAsync<ModelLoadFailed>();
        host.Registry.Deploy("m", "2", [1, 2, 3]);
        host.Signal();

        await Eventually.TrueAsync(() => failures.Count > 0, "ModelLoadFailed is published");
        Assert.Equal((HttpStatusCode.OK, "1", 6f), await CallAsync(host));
        var failure = failures[0];
        Assert.Equal(("m", "2"), (failure.Model, failure.Version));
        Assert.NotEmpty(failure.Reason);

        host.Registry.Deploy("m", "3", Version(3));
        await host.SwitchAsync("m", "3");
        Assert.Single(failures);
    }

    [Fact]
    public async Task A_loaded_version_is_announced()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", Version(1)));
        var loaded = await host.HearAsync<ModelLoaded>();
        host.Registry.Deploy("m", "2", Version(2));
        await host.SwitchAsync("m", "2");

        await Eventually.TrueAsync(() => loaded.Count > 0, "ModelLoaded is published");
        Assert.Equal(("m", "2", "cpu"), (loaded[0].Model, loaded[0].Version, loaded[0].Provider));
        Assert.True(loaded[0].LoadMs > 0);
    }

    [Fact]
    public async Task A_file_with_another_content_than_its_digest_is_not_loaded()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", Version(1)));
        host.Registry.Deploy("m", "2", Version(2));
        host.Registry.Tamper("m", Version(3).ToArray());
        var sync = host.Services.GetRequiredService<DeploymentSync>();
        host.Signal();

        await Eventually.TrueAsync(() => sync.Failures.ContainsKey(("m", "2")), "the load fails");
        Assert.Equal("1", (await CallAsync(host)).Version);
    }

    [Fact]
    public async Task A_model_without_deployments_goes_and_one_that_comes_back_serves_again()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", Version(1)));
        host.Registry.Withdraw("m");
        host.Signal();
        await Eventually.TrueAsync(async () => (await CallAsync(host)).Status == HttpStatusCode.NotFound, "the model goes");

        host.Registry.Deploy("m", "1", Version(1));
        await host.SwitchAsync("m", "1");

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host)).Status);
    }

    private static OnnxFile Version(int number) => TinyModels.Linear(number, number, number);

    private static async Task<(HttpStatusCode Status, string Version, float Sum)> CallAsync(InferenceHost host)
    {
        using var response = await host.PostAsync("/v2/models/m/infer", Row);
        if (response.StatusCode != HttpStatusCode.OK) return (response.StatusCode, "", 0);
        var answer = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((string?)answer["model_version"], response.Headers.GetValues("x-model-version").Single());
        return (response.StatusCode, (string)answer["model_version"]!, (float)answer["outputs"]![0]!["data"]![0]!);
    }
}
