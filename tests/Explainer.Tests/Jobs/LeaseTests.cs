using System.Net;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Explainer;
using Platform.Explainer.Explanations;
using Platform.Explainer.Jobs;
using Platform.Hosting;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using Platform.Hosting.Work;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Jobs;

public sealed class LeaseTests : IAsyncLifetime
{
    private const string Body =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync(("Explainer:QueuedJobs", "2"), ("Explainer:JobLease", "00:00:01.5"));
        _explainer.Registry.Add("linear", TinyModels.Linear().ToArray());
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task A_command_for_which_there_is_no_room_is_put_back_and_computed_once_there_is()
    {
        var goOn = new TaskCompletionSource();
        _explainer.Registry.BeforeArtifact = () => goOn.Task;
        using var first = await _explainer.PostAsync("linear", Body);
        using var second = await _explainer.PostAsync("linear", Body);
        var command = new ComputeExplanation { ExplanationId = "third", Model = "linear", Request = JsonSerializer.Deserialize<JsonElement>(Body) };

        Assert.False(await Services.GetRequiredService<ExplanationQueue>().TakeOverAsync(command, patience: TimeSpan.Zero, default));
        Assert.Null(await Store.FindAsync("third", default));
        await Services.GetRequiredService<IBus>().PutBackAsync(ComputeExplanationConsumerDefinition.Queue, command, default);
        goOn.SetResult();

        await FinishedAsync("third");
    }

    [Fact]
    public async Task While_an_explanation_is_computed_its_lease_is_kept_and_it_is_begun_once()
    {
        var (begun, goOn) = (0, new TaskCompletionSource());
        _explainer.Registry.BeforeArtifact = () =>
        {
            Interlocked.Increment(ref begun);
            return goOn.Task;
        };
        using var accepted = await _explainer.PostAsync("linear", Body);
        var id = accepted.Headers.Location!.ToString().Split('/')[^1];
        await Eventually.TrueAsync(() => Volatile.Read(ref begun) > 0, "it is begun");
        var running = (await Store.FindAsync(id, default))!.Value;
        var since = await LastAliveAsync(running.Worker!);

        await Eventually.TrueAsync(async () => await LastAliveAsync(running.Worker!) > since.AddSeconds(3), "the lease is kept for twice its time");
        Assert.Equal(running, (await Store.FindAsync(id, default))!.Value with { Request = running.Request });
        goOn.SetResult();

        await FinishedAsync(id);
        var ended = (await Store.FindAsync(id, default))!.Value;
        Assert.Equal((1, 1, null, null), (begun, ended.Attempts, ended.Worker, ended.FreeAt));
    }

    [Fact]
    public async Task What_another_process_takes_over_is_left_to_it()
    {
        var (begun, goOn) = (0, new TaskCompletionSource());
        _explainer.Registry.BeforeArtifact = () =>
        {
            Interlocked.Increment(ref begun);
            return goOn.Task;
        };
        using var accepted = await _explainer.PostAsync("linear", Body);
        var id = accepted.Headers.Location!.ToString().Split('/')[^1];
        await Eventually.TrueAsync(() => Volatile.Read(ref begun) > 0, "it is begun");

        await Eventually.TrueAsync(async () =>
        {
            var job = (await Store.FindAsync(id, default))!;
            return await Store.TryPutAsync(job.Value.Finish(ExplanationErrors.Failed(), DateTimeOffset.UtcNow), job.Revision, default);
        }, "another process ends it");
        goOn.SetResult();

        using var next = await _explainer.PostAsync("linear", Body);
        await FinishedAsync(next.Headers.Location!.ToString().Split('/')[^1]); // the worker has gone on
        await _explainer.Http.GetAsync($"/v1/explanations/{id}").ProblemAsync(HttpStatusCode.InternalServerError, "explainer.failed");
    }

    /// <summary>Beside a store of files there is no other process: whoever held it has died. Former versions noted it in a queued document.</summary>
    [Theory]
    [InlineData(WorkState.Running)]
    [InlineData(WorkState.Queued)]
    public async Task What_a_process_that_died_held_is_begun_again(string state)
    {
        var held = new ExplanationRecord
        {
            Id = "held", Model = "linear", Request = JsonSerializer.Deserialize<ExplanationRequest>(Body, PlatformJson.Strict), Attempts = 1,
            State = state, Worker = "dead", FreeAt = DateTimeOffset.UtcNow.AddHours(1),
        };
        Assert.True(await Store.TryPutAsync(held, expectedRevision: 0, default));

        await FinishedAsync("held");
        Assert.Equal(2, (await Store.FindAsync("held", default))!.Value.Attempts);
    }

    /// <summary>As a build wrote it in which an explanation that was being computed was a queued one with a worker.</summary>
    [Fact]
    public async Task A_document_of_a_former_version_is_taken_up()
    {
        var document = $$"""
            {"id":"former","model":"linear","state":"queued","request":{{Body}},"explanation":null,"failure":null,"attempts":3,"worker":"dead",
             "freeAt":"2100-01-01T00:00:00+00:00","createdAt":"2026-01-01T00:00:00+00:00","finishedAt":null}
            """;
        var batch = new DocumentBatch().Put("explanations", "former", JsonSerializer.Deserialize<JsonElement>(document), expectedRevision: 0,
            new Dictionary<string, string> { ["state"] = "queued" });
        Assert.Null(await Services.GetRequiredKeyedService<IDocumentStore>(ExplainerService.Name).CommitAsync(batch, default));

        await FinishedAsync("former");
        Assert.Equal(4, (await Store.FindAsync("former", default))!.Value.Attempts);
    }

    [Fact]
    public async Task While_the_registry_does_not_answer_an_explanation_is_tried_again_after_a_pause()
    {
        var asked = 0;
        _explainer.Registry.BeforeArtifact = () => Interlocked.Increment(ref asked) <= 2 ? throw new IOException("Not now.") : Task.CompletedTask;

        using var accepted = await _explainer.PostAsync("linear", Body);

        var id = accepted.Headers.Location!.ToString().Split('/')[^1];
        await FinishedAsync(id);
        Assert.InRange((await Store.FindAsync(id, default))!.Value.Attempts, 2, 3);
    }

    private async Task<DateTimeOffset> LastAliveAsync(string worker) =>
        (await Services.GetRequiredKeyedService<IDocumentStore>(ExplainerService.Name).GetAsync<JsonElement>("explanation-workers", worker, default))!
        .Value.GetProperty("at").GetDateTimeOffset();

    private IServiceProvider Services => _explainer.Host.App.Services;

    private ExplanationStore Store => Services.GetRequiredService<ExplanationStore>();

    private Task FinishedAsync(string id) => Eventually.TrueAsync(
        async () => (await _explainer.Http.GetAsync($"/v1/explanations/{id}")).StatusCode == HttpStatusCode.OK, $"{id} is finished");
}
