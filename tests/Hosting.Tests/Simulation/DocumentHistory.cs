using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// Commits and checkpoints of one store on a disk that fails. After each death of its process exactly a prefix of the batches is there: all that
/// were acknowledged, at most the one whose fate nobody was told, and none in part.
/// </summary>
internal sealed class DocumentHistory(int seed, DiskFlaw flaw)
{
    private const int Sessions = 5;
    private const int Steps = 25;
    private const int Items = 7;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly FileStoreSettings ByHand = new() { CheckpointInterval = Timeout.InfiniteTimeSpan, MaxJournalBytes = long.MaxValue / 16 };

    private readonly Random _random = new(seed);
    private int _acknowledged;
    private bool _lostPower;

    public async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        var disk = new FaultyDisk(new Random(~seed), flaw);
        for (var session = 0; session < Sessions; session++)
        {
            disk.Trouble(_random.NextDouble() < 0.3 ? 0 : _random.NextDouble() * 0.2, _random.Next(2) == 0 ? int.MaxValue : _random.Next(150));
            await LiveAsync(folder.Path, disk);
            Restart(disk);
            await CheckAsync(folder.Path, disk);
            Restart(disk);
        }
    }

    private void Restart(FaultyDisk disk)
    {
        var losesPower = _random.Next(2) == 0;
        disk.Restart(losesPower);
        _lostPower |= losesPower;
    }

    /// <summary>One process, until it ends or dies.</summary>
    private async Task LiveAsync(string folder, FaultyDisk disk)
    {
        try
        {
            await using var store = Open(folder, disk);
            for (var step = 0; step < Steps && !disk.IsDead; step++) await StepAsync(store);
            if (_random.Next(2) == 0) disk.Die(); // else it is closed in order, as far as the disk lets it
        }
        catch (IOException)
        {
            // It could not be opened, and the process ends.
            disk.Die();
        }
    }

    private async Task StepAsync(FileDocumentStore store)
    {
        try
        {
            if (_random.Next(4) == 0)
            {
                store.Checkpoint();
                return;
            }
            await store.CommitAsync(Batch(_acknowledged + 1), None);
            _acknowledged++;
        }
        catch (IOException)
        {
            // It was not acknowledged, and nobody sees it.
            Assert.Equal(_acknowledged, await store.LastSequenceAsync(None));
        }
    }

    private async Task CheckAsync(string folder, FaultyDisk disk)
    {
        await using var store = Open(folder, disk);
        var held = (int)await store.LastSequenceAsync(None);
        Assert.InRange(held, _acknowledged, _acknowledged + 1);
        await AssertHoldsAsync(store, _acknowledged = held);
        if (!_lostPower) Assert.True(store.Degradation is null, store.Degradation); // a killed process leaves nothing that looks damaged
        Assert.Null(await store.CommitAsync(Batch(held + 1), None));
        await AssertHoldsAsync(store, ++_acknowledged);
        if (_random.Next(2) == 0) disk.Die();
    }

    /// <summary>Batch n counts, writes one of a few items over, removes another, and tells of it.</summary>
    private static DocumentBatch Batch(int n) => new DocumentBatch()
        .Put("counters", "count", n, n - 1)
        .Put("items", $"{n % Items}", n, null)
        .Delete("items", $"{(n + 3) % Items}")
        .Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });

    private static async Task AssertHoldsAsync(FileDocumentStore store, int n)
    {
        Assert.Equal((n, n), await store.GetAsync<int>("counters", "count", None) is { } count ? (count.Value, (int)count.Revision) : (0, 0));
        var items = (await store.QueryAsync<int>(new DocumentQuery("items"), None)).Items;
        Assert.Equal(ItemsAfter(n), items.Select(item => item.Value).Order());
        var events = await store.ReadEventsAsync(0, int.MaxValue, None);
        Assert.Equal(Enumerable.Range(1, n).Select(i => $"{i}"), events.Select(stored => stored.Data.GetProperty("version").GetString()));
    }

    private static IEnumerable<int> ItemsAfter(int n)
    {
        var items = new Dictionary<int, int>();
        for (var i = 1; i <= n; i++)
        {
            items[i % Items] = i;
            items.Remove((i + 3) % Items);
        }
        return items.Values.Order();
    }

    private static FileDocumentStore Open(string folder, FaultyDisk disk) =>
        FileDocumentStore.Open(folder, ByHand, disk, TimeProvider.System, NullLogger.Instance);
}
