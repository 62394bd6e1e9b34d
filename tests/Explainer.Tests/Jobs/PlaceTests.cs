using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Explainer.Jobs;
using Platform.Hosting.Documents;
using Platform.Hosting.Work;
using Platform.TestKit;

namespace Platform.Explainer.Tests.Jobs;

/// <summary>Places, claims and runs where something goes wrong.</summary>
public sealed class PlaceTests : IAsyncLifetime
{
    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync() => _explainer = await ExplainerHost.StartAsync();

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task A_place_is_given_back_when_the_computation_has_ended_not_the_document()
    {
        var running = new RunningWork<ExplanationRecord>(TimeProvider.System);
        using var room = new WorkRoom<ExplanationRecord>(running, Settings, Service<IHostApplicationLifetime>());
        var computing = new TaskCompletionSource();
        Assert.True(await room.EnterAsync(TimeSpan.Zero, default));

        await room.TryBeginAsync("a", _ => Task.FromResult<string?>("begun"), (_, _) => Task.FromResult<Task>(computing.Task), default);
        await Eventually.TrueAsync(() => running.Count == 0, "the document has ended");
        Assert.False(await room.EnterAsync(TimeSpan.FromMilliseconds(100), default));
        computing.SetException(new InvalidOperationException("It was broken off."));

        Assert.True(await room.EnterAsync(TimeSpan.FromSeconds(30), default));
    }

    [Fact]
    public async Task What_breaks_while_it_is_stopped_comes_to_nothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var begun = new Document<ExplanationRecord>("b", 1, new ExplanationRecord { Id = "b", State = WorkState.Running });

        var computing = await Service<WorkRuns<ExplanationRecord>>().RunAsync(begun, _ => throw new ObjectDisposedException("model"), stop.Token);

        await computing;
    }

    [Fact]
    public async Task A_process_is_known_to_be_alive_before_it_begins_anything()
    {
        var store = Service<WorkStore<ExplanationRecord>>();
        var processes = new WorkProcesses<ExplanationRecord>(store, Service<RunningWork<ExplanationRecord>>(), Settings, TimeProvider.System);
        var claims = new WorkClaims<ExplanationRecord>(store, processes, Settings, TimeProvider.System);

        await claims.TryTakeAsync(new Document<ExplanationRecord>("c", 7, new ExplanationRecord { Id = "c" }), default);

        var documents = _explainer.Host.App.Services.GetRequiredKeyedService<IDocumentStore>(ExplainerService.Name);
        Assert.NotNull(await documents.GetAsync<JsonElement>(Settings.Processes, processes.Me, default));
    }

    private WorkSettings<ExplanationRecord> Settings => Service<WorkSettings<ExplanationRecord>>() with { Concurrency = 1 };

    private T Service<T>() where T : notnull => _explainer.Host.App.Services.GetRequiredService<T>();
}
