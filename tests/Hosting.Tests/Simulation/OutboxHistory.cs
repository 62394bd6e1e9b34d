using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Messaging;
using Platform.Hosting.Outbox;
using Platform.Hosting.Replicas;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// Two replicas of a service promote versions of a model, publish the events of that, and count them, by turns that they lose without hearing of
/// it, over a bus that fails, on a server whose disk fails and that dies. Every promotion that was acknowledged is there, has one event, the
/// events arrive in order and without a gap, and each is counted once.
/// </summary>
internal sealed class OutboxHistory(int seed, DiskFlaw flaw = DiskFlaw.None, bool forgetsGuards = false)
{
    private const string Model = "m";
    private const int Lives = 4;
    private const int Replicas = 2;
    private const int Promotions = 12;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly FileStoreSettings ByHand = new() { CheckpointInterval = Timeout.InfiniteTimeSpan, MaxJournalBytes = long.MaxValue / 16 };

    private readonly Random _random = new(seed);
    private readonly FaultyDisk _disk = new(new Random(~seed), flaw);
    private int _acknowledged;
    private int _delivered;
    private string? _gap;

    public async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        for (var life = 0; life < Lives; life++)
        {
            _disk.Trouble(_random.NextDouble() * 0.1, _random.Next(2) == 0 ? int.MaxValue : _random.Next(400));
            await LiveAsync(folder.Path, _random.NextDouble() * 0.3, _random.NextDouble() * 0.1, isLast: false);
            _disk.Restart(losesPower: _random.Next(2) == 0);
        }
        await LiveAsync(folder.Path, 0, 0, isLast: true); // until all have arrived
        await CheckAsync(folder.Path);
    }

    /// <summary>One life of the server, and of those who use it.</summary>
    private async Task LiveAsync(string folder, double busFaults, double standstills, bool isLast)
    {
        FileDocumentStore store;
        try
        {
            store = Open(folder);
        }
        catch (IOException)
        {
            _disk.Die(); // it could not be opened, and the process ends
            return;
        }
        var world = new World(new Random(_random.Next()));
        world.Run(() => LiveAsync(store, world, busFaults, standstills, isLast));
        if (_random.Next(2) == 0) _disk.Die();
        await store.DisposeAsync();
    }

    private async Task LiveAsync(FileDocumentStore store, World world, double busFaults, double standstills, bool isLast)
    {
        using var stopping = new CancellationTokenSource();
        var leases = new Leases(world);
        var (bus, control) = SimulatedBus.Create(world, Deliver);
        control.Faults = busFaults;
        List<Task> serving = [], promoting = [];
        for (var replica = 0; replica < Replicas; replica++)
        {
            var documents = new SharedDocuments(store, leases, world) { Standstills = standstills };
            var dispatcher = new OutboxDispatcher("registry", documents, bus, Options.Create(new MessagingOptions()), null!, world.Time,
                NullLogger<OutboxDispatcher>.Instance);
            var counting = new ActiveReplica(documents, _ => Task.FromResult("here"));
            serving.Add(dispatcher.RunAsync(stopping.Token));
            serving.Add(counting.RunAsync((turn, token) => CountAsync(documents, turn, token), stopping.Token));
            promoting.Add(PromoteAsync(documents, world));
        }
        await Task.WhenAll(promoting);
        while (isLast && !await HasAllAsync(store) && world.Time.Elapsed < Longest) await world.PauseAsync(Between, None);
        await world.PauseAsync(Between, None);
        stopping.Cancel();
        await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        Assert.DoesNotContain(serving, task => task.IsFaulted);
    }

    private void Deliver(object message)
    {
        var version = int.Parse(((ModelPromoted)message).Version);
        if (version > _delivered + 1) _gap ??= $"Event {version} has arrived, the one before it has not; the last was {_delivered}.";
        _delivered = Math.Max(_delivered, version);
    }

    /// <summary>As two people would who want a newer version each: who was too late looks again.</summary>
    private async Task PromoteAsync(SharedDocuments documents, World world)
    {
        for (var n = 0; n < Promotions && !_disk.IsDead; n++)
        {
            await world.PauseAsync(Between, None);
            try
            {
                var champion = await documents.GetAsync<int>("champions", Model, None) ?? new Document<int>(Model, 0, 0);
                var next = champion.Value + 1;
                var batch = new DocumentBatch().Put("champions", Model, next, champion.Revision)
                    .Publish(Model, new ModelPromoted { Model = Model, Version = $"{next}" });
                if (await documents.CommitAsync(batch, None) is null) _acknowledged = Math.Max(_acknowledged, next);
            }
            catch (IOException)
            {
                // Nobody was told that it was promoted.
            }
        }
    }

    /// <summary>Counts what it reads from where it left off, as a monitor does: what it has counted and how far it has read are one commit.</summary>
    private async Task CountAsync(SharedDocuments documents, Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            var counted = (await documents.GetAsync<Counted>("counts", Model, cancellationToken))?.Value ?? new Counted(0, 0);
            while (true)
            {
                await documents.WaitForEventsAsync(counted.Until, cancellationToken);
                var events = await documents.ReadEventsAsync(counted.Until, 10, cancellationToken);
                counted = new Counted(events[^1].Sequence, counted.Events + events.Count);
                var batch = new DocumentBatch().Put("counts", Model, counted, expectedRevision: null);
                if (await documents.CommitAsync(forgetsGuards ? batch : turn.Guard(batch), cancellationToken) is not null) return;
            }
        }
        catch (IOException)
        {
            // Whether it is stored nobody knows: it begins anew with what is.
        }
    }

    private async Task<bool> HasAllAsync(FileDocumentStore store)
    {
        var last = await store.LastSequenceAsync(None);
        return _delivered == last && (await store.GetAsync<Counted>("counts", Model, None))?.Value.Until == last;
    }

    private async Task CheckAsync(string folder)
    {
        _disk.Restart(losesPower: true);
        await using var store = Open(folder);
        var events = (await store.ReadEventsAsync(0, int.MaxValue, None)).Select(stored => stored.Data.GetProperty("version").GetString());
        var champion = (await store.GetAsync<int>("champions", Model, None))!.Value;
        Assert.Equal(Enumerable.Range(1, champion).Select(n => $"{n}"), events);
        Assert.InRange(champion, _acknowledged, int.MaxValue);
        Assert.Null(_gap);
        Assert.Equal(champion, _delivered);
        Assert.Equal(new Counted(champion, champion), (await store.GetAsync<Counted>("counts", Model, None))!.Value);
    }

    private FileDocumentStore Open(string folder) => FileDocumentStore.Open(folder, ByHand, _disk, TimeProvider.System, NullLogger.Instance);

    /// <param name="Until">Sequence number of the last event that was counted.</param>
    /// <param name="Events">How many were.</param>
    private sealed record Counted(long Until, long Events);
}
