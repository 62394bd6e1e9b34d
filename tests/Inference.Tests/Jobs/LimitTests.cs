using System.Net;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

public sealed class LimitTests
{
    [Fact]
    public async Task A_finished_job_goes_after_its_time_and_its_key_can_be_used_again()
    {
        await using var host = await StartAsync(new("Inference:Jobs:Retention", "00:00:01"), new("Inference:Jobs:SweepInterval", "00:00:00.200"));
        var first = await host.Http.AcceptedAsync("slow", Quick, "key");

        await Eventually.TrueAsync(async () => (await host.Http.GetAsync($"/v1/jobs/{first}")).StatusCode == HttpStatusCode.NotFound, "the job goes");

        Assert.NotEqual(first, await host.Http.AcceptedAsync("slow", Quick, "key"));
    }

    [Fact]
    public async Task Beyond_the_bound_jobs_are_refused_until_there_is_room()
    {
        await using var host = await StartAsync(new("Inference:Jobs:MaxQueued", "3"), new("Inference:Jobs:Concurrency", "1"));
        var running = await host.Http.AcceptedAsync("slow", Endless);
        await host.Http.JobAsync(running, "running");
        for (var queued = 0; queued < 3; queued++) await host.Http.AcceptedAsync("slow", Quick);

        await host.Http.SubmitAsync("slow", Quick).ProblemAsync(HttpStatusCode.ServiceUnavailable, "inference.jobs_full");

        await host.EndRunsAsync();
        await host.Http.JobAsync(running, "failed");
        await Eventually.TrueAsync(async () => (await host.Http.SubmitAsync("slow", Quick)).StatusCode == HttpStatusCode.Accepted, "there is room");
    }

    [Fact]
    public async Task An_urgent_job_runs_before_those_that_wait_in_the_models_queue()
    {
        await using var host = await StartAsync(new KeyValuePair<string, string?>("Inference:Batching:MaxBatchSize", "1"));
        await host.Http.AcceptedAsync("slow", Endless);
        await host.UntilRunningAsync();
        var patient = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Http.AcceptedAsync("slow", WithPriority(3, Endless))));
        await UntilWaitingAsync(host, 5);
        var urgent = await host.Http.AcceptedAsync("slow", WithPriority(1, Quick));
        await UntilWaitingAsync(host, 6);

        await host.EndRunsAsync();

        // None of the others would ever give the runner back.
        await host.Http.JobAsync(urgent, "succeeded");
        foreach (var id in patient) await host.Http.JobAsync(id, "running");
    }

    private static string WithPriority(int priority, string body) => $$"""{"parameters":{"priority":{{priority}}},{{body[1..]}}""";

    private static Task UntilWaitingAsync(InferenceHost host, int jobs) =>
        Eventually.TrueAsync(() => host.Models.Loaded.Single().Batcher.Waiting == jobs, $"{jobs} jobs wait in the model's queue");

    private static Task<InferenceHost> StartAsync(params KeyValuePair<string, string?>[] settings) => InferenceHost.StartAsync(
        registry => registry.Deploy("slow", "1", TinyModels.Slow()), [new("Inference:Batching:Runners", "1"), .. settings]);
}
