using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Replicas;
using Platform.Monitor.Alerts;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.TestKit;

namespace Platform.Monitor.Tests.State;

public sealed class LedgerKeeperTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly IDocumentStore _store;
    private readonly FlakyStore _documents;
    private readonly MonitorMetrics _metrics = new(TimeProvider.System, new(new(), () => true, []));
    private LedgerKeeper _keeper = null!;

    public LedgerKeeperTests()
    {
        _services = new ServiceCollection().AddLogging().AddPlatformDocuments(MonitorService.Name)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Directory", _folder.Path)]).Build())
            .BuildServiceProvider();
        (_store, _documents) = FlakyStore.Over(_services.GetRequiredKeyedService<IDocumentStore>(MonitorService.Name));
    }

    public Task InitializeAsync()
    {
        _keeper = new(_store, new ActiveReplica(_store, _ => Task.FromResult("")),
            () => MonitorService.EmptyLedger(new(), new(), new(), new()), [new OpenAlerts(_metrics)], NullLogger<LedgerKeeper>.Instance);
        return _keeper.StartAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _keeper.StopAsync(default);
        _keeper.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task A_change_that_cannot_be_stored_has_not_happened()
    {
        await Set("kept");
        _documents.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => Set("lost"));

        _documents.Fails = false;
        var rules = await _keeper.ChangeAsync(ledger => ledger.Rules.All.Where(rule => !rule.BuiltIn).Select(rule => rule.Id).ToArray(), default);

        Assert.Equal(["kept"], rules);
    }

    [Fact]
    public async Task Whoever_holds_the_ledger_that_was_given_up_can_tell()
    {
        var before = await _keeper.ChangeAsync(ledger => ledger, default);
        _documents.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => Set("lost"));
        _documents.Fails = false;

        Assert.NotSame(before, await _keeper.ChangeAsync(ledger => ledger, default));
    }

    [Fact]
    public async Task Changes_that_wait_together_are_stored_together()
    {
        _documents.Block = new();
        var first = Set("first");
        await _documents.Committing.Task;
        var others = Enumerable.Range(0, 20).Select(at => Set($"other{at}")).ToArray();
        _documents.Block.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.InRange(_documents.Commits, 2, 3);
    }

    private Task Set(string id) => _keeper.ChangeAsync(ledger => ledger.Rules.Set(new() { Id = id, Metric = Signals.ErrorRate }), default);
}
