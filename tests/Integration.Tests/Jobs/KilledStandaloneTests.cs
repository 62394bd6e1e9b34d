using Platform.Inference.Tests;
using Platform.Inference.Tests.Jobs;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Jobs;

/// <summary>A process that has nothing but its own files: no broker keeps its messages, no other process takes over.</summary>
public sealed class KilledStandaloneTests
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public async Task Jobs_that_ran_or_waited_when_the_process_was_killed_are_begun_again_after_its_restart()
    {
        await using var registry = await StubRegistry.StartAsync();
        registry.Deploy("slow", "1", TinyModels.Slow());
        using var inference = new ServiceProcess("Platform.Inference",
        [
            new("Registry:Address", registry.Address.ToString()), new("Inference:Jobs:Concurrency", "1"),
            new("Inference:Jobs:SweepInterval", "00:00:01"), new("Inference:Jobs:WorkerTimeout", "00:00:02"),
        ]);
        await inference.StartAsync();
        var running = await inference.Http.AcceptedAsync("slow", JobClient.Endless);
        await JobAsync(inference, running, "running");
        var waiting = await inference.Http.AcceptedAsync("slow", JobClient.Quick);

        inference.Kill();
        registry.Deploy("slow", "1", TinyModels.Fast()); // so that what ran without end comes to one
        await inference.StartAsync();

        Assert.Equal(("1", 2), await EndAsync(inference, running));
        Assert.Equal(("1", 1), await EndAsync(inference, waiting));
    }

    private static Task JobAsync(ServiceProcess inference, string id, string state) => Eventually.TrueAsync(
        async () => (string?)(await inference.Http.JobAsync(id))["state"] == state, $"job {id} is {state}", Patience);

    /// <summary>The version that answered, and how often the job was begun.</summary>
    private static async Task<(string Version, int Attempts)> EndAsync(ServiceProcess inference, string id)
    {
        await JobAsync(inference, id, "succeeded");
        var job = await inference.Http.JobAsync(id);
        return ((string)job["version"]!, (int)job["attempts"]!);
    }
}
