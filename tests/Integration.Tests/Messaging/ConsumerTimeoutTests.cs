using System.Net;
using System.Text.Json.Nodes;
using Platform.Inference.Tests.Jobs;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Messaging;

/// <summary>A broker that waits two seconds for an acknowledgement, instead of 30 minutes.</summary>
[Collection(MessagingServers.Name)]
public sealed class ConsumerTimeoutTests(RabbitMqServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public Task InitializeAsync() => SetAsync((int)Timeout.TotalMilliseconds, tick: 500);

    public Task DisposeAsync() => SetAsync(timeout: 1_800_000, tick: 60_000);

    [Fact]
    public async Task An_explanation_that_takes_longer_than_the_brokers_patience_is_begun_once()
    {
        var (begun, goOn) = (0, new TaskCompletionSource());
        await using var registry = await Explainer.Tests.StubRegistry.StartAsync();
        registry.Add("linear", TinyModels.Linear().ToArray());
        registry.BeforeArtifact = () =>
        {
            Interlocked.Increment(ref begun);
            return goOn.Task;
        };
        using var explainer = new ServiceProcess("Platform.Explainer",
            [new("Registry:Address", registry.Address.ToString()), new("Registry:Patience", "00:01:00"), .. RabbitMqHosts.Settings(server)]);
        await explainer.StartAsync();
        await using var client = await PlainClient.ConnectAsync(server);

        await client.PublishAsync("explainer.compute-explanation.v1",
            """{"explanationId":"long","model":"linear","request":{"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}}""");
        await Eventually.TrueAsync(() => Volatile.Read(ref begun) > 0, "it is begun", Patience);
        await OutlastAsync(client, "explainer-compute-explanation");
        goOn.SetResult();

        await Eventually.TrueAsync(async () => (await explainer.Http.GetAsync("/v1/explanations/long")).StatusCode == HttpStatusCode.OK, "it is finished", Patience);
        Assert.Equal(1, begun);
    }

    [Fact]
    public async Task A_job_that_takes_longer_than_the_brokers_patience_is_begun_once()
    {
        await using var registry = await Inference.Tests.StubRegistry.StartAsync();
        registry.Deploy("slow", "1", TinyModels.Slow());
        using var inference = new ServiceProcess("Platform.Inference",
            [new("Registry:Address", registry.Address.ToString()), new("Inference:Batching:MaxRunTime", "01:00:00"), .. RabbitMqHosts.Settings(server)]);
        await inference.StartAsync();
        await using var client = await PlainClient.ConnectAsync(server);

        await client.PublishAsync("inference.submit-prediction.v1", $$"""{"jobId":"long","model":"slow","request":{{JobClient.Endless}}}""");
        await Eventually.TrueAsync(async () => (string?)(await JobAsync(inference))?["state"] == "running", "it runs", Patience);
        await OutlastAsync(client, "inference-submit-prediction");

        var job = (await JobAsync(inference))!;
        Assert.Equal(("running", 1), ((string)job["state"]!, (int)job["attempts"]!));
    }

    private static async Task<JsonNode?> JobAsync(ServiceProcess inference)
    {
        using var answer = await inference.Http.GetAsync("/v1/jobs/long");
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
    }

    /// <summary>
    /// Waits until the broker has lost patience with one that stands still: what another consumer of the same age has not acknowledged is back in
    /// its queue. Of ours nothing is unacknowledged.
    /// </summary>
    private async Task OutlastAsync(PlainClient client, string queue)
    {
        await using var sleeper = await PlainClient.ConnectAsync(server);
        await client.KeepAsync("test-sleeper", "test-sleeper");
        await client.PublishAsync("test-sleeper", "{}");
        await sleeper.StandStillAsync("test-sleeper");
        await Eventually.TrueAsync(() => sleeper.IsCutOff, "the broker's patience ends", Patience);
        await client.DeleteAsync("test-sleeper");
        await Eventually.TrueAsync(
            async () => (await server.ControlAsync("list_queues", "--no-table-headers", "name", "messages")).Contains($"{queue}\t0", StringComparison.Ordinal),
            $"nothing is left in {queue}", Patience);
    }

    private Task SetAsync(int timeout, int tick) => server.ControlAsync("eval",
        $"application:set_env(rabbit, consumer_timeout, {timeout}), application:set_env(rabbit, channel_tick_interval, {tick}).");
}
