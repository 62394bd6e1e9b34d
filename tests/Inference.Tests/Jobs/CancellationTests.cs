using System.Net;
using Platform.Contracts.Inference;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

/// <summary>One job runs at a time here, and runs without end go on until they are cancelled or the test ends them.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    private InferenceHost _host = null!;

    private HttpClient Http => _host.Http;

    public async Task InitializeAsync() => _host = await InferenceHost.StartAsync(
        registry => registry.Deploy("slow", "1", TinyModels.Slow()),
        new("Inference:Jobs:Concurrency", "1"), new("Inference:Batching:Runners", "1"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_queued_job_is_cancelled_and_never_runs()
    {
        var failed = await _host.HearAsync<PredictionFailed>();
        var running = await Http.AcceptedAsync("slow", Endless);
        await Http.JobAsync(running, "running");
        var queued = await Http.AcceptedAsync("slow", Quick);

        var cancelled = await Http.DeleteAsync($"/v1/jobs/{queued}").JsonAsync();
        await _host.EndRunsAsync();
        var next = await Http.JobAsync(await Http.AcceptedAsync("slow", Quick), "succeeded");

        Assert.Equal(("cancelled", 0), ((string?)cancelled["state"], (int)cancelled["attempts"]!));
        Assert.Equal("inference.job_cancelled", (string?)cancelled["error"]!["code"]);
        Assert.Equal("cancelled", (string?)(await Http.JobAsync(queued))["state"]);
        Assert.Equal(1, (int)next["attempts"]!);
        await Eventually.TrueAsync(() => { lock (failed) return failed.Count(answer => answer.JobId == queued) == 1; }, "the end is told");
    }

    [Fact]
    public async Task A_running_job_is_cancelled_and_gives_its_runner_back()
    {
        var id = await Http.AcceptedAsync("slow", Endless);
        await _host.UntilRunningAsync();

        await Http.DeleteAsync($"/v1/jobs/{id}").JsonAsync();
        await Http.JobAsync(await Http.AcceptedAsync("slow", Quick), "succeeded");

        var job = await Http.JobAsync(id);
        Assert.Equal("cancelled", (string?)job["state"]);
        Assert.Equal("inference.job_cancelled", (string?)job["error"]!["code"]);
    }

    [Fact]
    public async Task Cancelling_again_changes_nothing_and_a_finished_job_cannot_be_cancelled()
    {
        var finished = await Http.AcceptedAsync("slow", Quick);
        await Http.JobAsync(finished, "succeeded");
        var running = await Http.AcceptedAsync("slow", Endless);

        var first = await Http.DeleteAsync($"/v1/jobs/{running}").JsonAsync();
        var second = await Http.DeleteAsync($"/v1/jobs/{running}").JsonAsync();

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await Http.DeleteAsync($"/v1/jobs/{finished}").ProblemAsync(HttpStatusCode.Conflict, "inference.job_finished");
    }

    [Fact]
    public async Task The_events_of_a_job_tell_that_it_runs_and_that_it_was_cancelled()
    {
        var id = await Http.AcceptedAsync("slow", Endless);
        await Http.JobAsync(id, "running");
        using var response = await Http.GetAsync($"/v1/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync());
        await events.ReadLineAsync();
        var first = await events.ReadLineAsync();

        await Http.DeleteAsync($"/v1/jobs/{id}").JsonAsync();
        var rest = await events.ReadToEndAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("event: running", first);
        Assert.Contains("event: cancelled", rest);
    }
}
