using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestKit.Running;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Isolation;

/// <summary>What callers, jobs, events and metrics see of a worker's death, which the tests bring about by a signal.</summary>
public sealed class WorkerDeathTests : IAsyncLifetime
{
    private InferenceHost _host = null!;

    public async Task InitializeAsync() => _host = await InferenceHost.StartAsync(registry =>
    {
        registry.Deploy("slow", "1", TinyModels.Slow(), metadata: IsolatedModelTests.Isolated);
        registry.Deploy("other", "1", TinyModels.Slow(), metadata: IsolatedModelTests.Isolated);
        registry.Deploy("plain", "1", TinyModels.Linear());
    }, new KeyValuePair<string, string?>("Isolation:StopPatience", "00:00:00.200"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_request_in_its_hands_gets_a_500_and_an_event_and_a_metric_say_what_happened()
    {
        var events = await _host.HearAsync<ModelWorkerDied>();
        var running = _host.PostAsync("/v2/models/slow/infer", Endless);
        await _host.UntilRunningAsync();

        Signals.Send(Worker("slow").Process, "KILL");

        using var answer = await running;
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("The process that runs the model was ended by signal 9 (SIGKILL), with this run in its hands.",
            (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]);
        await _host.InferAsync("slow", Quick);
        await Eventually.TrueAsync(() => events.Count == 1, "the event came");
        Assert.Equal(("slow", "1", "signal", 1), (events[0].Model, events[0].Version, events[0].Cause, events[0].Runs));
        Assert.Equal("The process that runs the model was ended by signal 9 (SIGKILL).", events[0].Reason);
        var metrics = await _host.Http.GetStringAsync("/metrics");
        Assert.Matches("""platform_inference_worker_deaths_total\{[^}]*cause="signal"[^}]*model="slow"[^}]*\} 1\b""", metrics);
        Assert.Matches("""platform_inference_worker_restarts_total\{[^}]*model="slow"[^}]*\} 1\b""", metrics);
        Assert.Matches("""platform_inference_workers\{[^}]*model="slow"[^}]*\} 1\b""", metrics);
        Assert.Equal(PredictionStatus.Failed, (await _host.ReadLogAsync(2))[0].Data.Status);
        Assert.Equal("was ended by signal 9 (SIGKILL)", (string?)(await _host.Http.GetAsync("/v2/models/slow/config").JsonAsync())["isolation"]!["last_death"]);
    }

    [Fact]
    public async Task Of_64_callers_each_gets_exactly_one_answer_and_other_models_answer_all_theirs()
    {
        var answers = new ConcurrentBag<(string Model, HttpStatusCode Status)>();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var (model, body) = caller % 4 == 0 ? ("other", Quick) : caller % 4 == 1 ? ("plain", Row) : ("slow", Quick);
            while (!stop.IsCancellationRequested)
            {
                using var answer = await _host.PostAsync($"/v2/models/{model}/infer", body);
                answers.Add((model, answer.StatusCode));
            }
        })).ToArray();
        for (var death = 0; death < 2; death++)
        {
            var (process, before) = (Worker("slow").Process, answers.Count);
            await Eventually.TrueAsync(() => answers.Count > before + 500, "all are answered");
            Signals.Send(process, "KILL");
            await Eventually.TrueAsync(() => Worker("slow").Process is > 0 and var again && again != process, "the worker is back");
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers).PatientlyAsync();
        Assert.All(answers.Where(answer => answer.Model != "slow"), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers, answer => Assert.True(
            answer.Status is HttpStatusCode.OK or HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable, $"{answer.Status}"));
        await _host.InferAsync("slow", Quick);
    }

    [Fact]
    public async Task A_worker_that_stands_still_is_ended_when_a_run_reaches_its_limit()
    {
        Signals.Send(Worker("slow").Process, "STOP");
        var hung = _host.PostAsync("/v2/models/slow/infer", Quick);
        await _host.EndRunsAsync();

        using var answer = await hung;
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(1, Worker("slow").Deaths[WorkerDeath.Hung]);
        await _host.InferAsync("slow", Quick);
    }

    [Fact]
    public async Task While_it_is_away_the_model_is_not_ready_and_callers_are_told_when_to_try_again()
    {
        for (var death = 0; death < 3; death++) // at once, after a second, after two
        {
            await Eventually.TrueAsync(() => Worker("slow").IsRunning, "the worker is back");
            Signals.Send(Worker("slow").Process, "KILL");
            await Eventually.TrueAsync(() => !Worker("slow").IsRunning, "the worker is gone");
        }

        using var answer = await _host.PostAsync("/v2/models/slow/infer", Quick);
        using var ready = await _host.Http.GetAsync("/v2/models/slow/ready");
        var index = (await _host.PostAsync("/v2/repository/index", "{}").JsonAsync()).AsArray().Single(entry => (string?)entry!["name"] == "slow")!;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"), (answer.StatusCode, answer.Headers.GetValues("Retry-After").Single()));
        Assert.Equal(HttpStatusCode.BadRequest, ready.StatusCode);
        Assert.Equal("UNAVAILABLE", (string?)index["state"]);
        Assert.Contains("SIGKILL", (string?)index["reason"]);
        await Eventually.TrueAsync(async () => (await _host.Http.GetAsync("/v2/models/slow/ready")).IsSuccessStatusCode, "it is ready again");
        await _host.InferAsync("slow", Quick);
    }

    [Fact]
    public async Task A_job_in_its_hands_fails_with_the_reason_and_is_not_run_again()
    {
        var id = await _host.Http.AcceptedAsync("slow", Endless);
        await _host.UntilRunningAsync();

        Signals.Send(Worker("slow").Process, "KILL");

        var job = await _host.Http.JobAsync(id, "failed");
        Assert.Equal(("inference.worker_died", 500, 1), ((string?)job["error"]!["code"], (int)job["error"]!["status"]!, (int)job["attempts"]!));
    }

    [Fact]
    public async Task A_job_that_comes_while_it_is_away_is_run_once_it_is_back()
    {
        for (var death = 0; death < 2; death++)
        {
            await Eventually.TrueAsync(() => Worker("slow").IsRunning, "the worker is back");
            Signals.Send(Worker("slow").Process, "KILL");
            await Eventually.TrueAsync(() => !Worker("slow").IsRunning, "the worker is gone");
        }

        var id = await _host.Http.AcceptedAsync("slow", Quick);

        await _host.Http.JobAsync(id, "succeeded");
    }

    [Fact]
    public async Task A_version_that_is_taken_out_of_service_takes_its_worker_with_it()
    {
        var process = Worker("slow").Process;

        await _host.PostAsync("/v2/repository/models/slow/unload", "{}");

        await Eventually.TrueAsync(() => !Signals.IsAlive(process), "the worker is gone");
    }

    private WorkerStatus Worker(string model) => _host.Models.Loaded.Single(version => version.Model == model).Worker!;
}
