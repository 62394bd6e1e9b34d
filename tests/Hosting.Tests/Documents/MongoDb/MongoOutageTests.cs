using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.MongoDb;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>What only a server can show that breaks on command: <see cref="StandInServer"/>.</summary>
public sealed class MongoOutageTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly StandInServer _server = new();
    private readonly List<MongoDocumentStore> _stores = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_whose_answer_got_lost_is_counted_once()
    {
        var store = Open();
        await store.CommitAsync(Counted(0), None);

        for (var n = 1; n <= 3; n++)
        {
            _server.AnswersToLose.Enqueue("commitTransaction");
            _server.AnswersToLose.Enqueue("commitTransaction"); // the driver itself asks a second time
            Assert.Null(await store.CommitAsync(Counted(n), None));
        }

        Assert.Empty(_server.AnswersToLose);
        Assert.Equal(new Document<int>("c", 4, 3), await store.GetAsync<int>("counters", "c", None));
        Assert.Equal(4, await store.LastSequenceAsync(None));
    }

    [Fact]
    public async Task Commits_survive_connections_broken_again_and_again_and_each_is_counted_once()
    {
        using var stop = new CancellationTokenSource();
        var writers = new[] { Open(), Open() }.SelectMany(store => new[] { store, store })
            .Select(store => Task.Run(() => IncrementUntilAsync(store, stop.Token))).ToList();
        var reader = Open();

        for (var outage = 0; outage < 5; outage++)
        {
            await MoreEventsAsync(reader, 10);
            _server.BreakConnections();
            await MoreEventsAsync(reader, 5);
            await _server.PauseAsync();
            _server.Resume();
        }
        await stop.CancelAsync();

        var acknowledged = (await Task.WhenAll(writers)).Sum();
        Assert.Equal(acknowledged, (await reader.GetAsync<int>("counters", "c", None))!.Value);
        Assert.Equal(acknowledged, (int)await reader.LastSequenceAsync(None));
    }

    [Fact]
    public async Task A_waiting_reader_hears_of_events_after_an_outage()
    {
        var (one, two) = (Open(), Open());
        var waiting = one.WaitForEventsAsync(0, None).AsTask();
        await Eventually.TrueAsync(() => one.Trouble is null, "the server answers");

        await _server.PauseAsync();
        await Eventually.TrueAsync(() => one.Trouble == "MongoDB", "the outage is seen");
        _server.Resume();
        await two.CommitAsync(Counted(0), None);

        await waiting.PatientlyAsync();
        Assert.Null(one.Trouble);
    }

    [Fact]
    public async Task A_process_cut_off_from_the_server_hears_that_its_turn_is_lost_and_the_next_gets_it()
    {
        var (one, two) = (Open(), Open());
        await using var turn = await one.TakeTurnAsync("work", "one", None);
        var lost = new TaskCompletionSource();
        turn.Lost.Register(lost.SetResult);

        await _server.PauseAsync();
        await lost.Task.PatientlyAsync();
        _server.Resume();

        await using var next = await two.TakeTurnAsync("work", "two", None).AsTask().PatientlyAsync();
        Assert.Equal("turns", (await one.CommitAsync(turn.Guard(Counted(0)), None))!.Collection);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_said_to_be_unavailable()
    {
        await _server.PauseAsync();
        var store = Open(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<DocumentsUnavailableException>(() => store.GetAsync<int>("notes", "a", None).AsTask());
        Assert.Equal("MongoDB", store.Trouble);
    }

    [Theory]
    [InlineData(21, false, "replica set")]
    [InlineData(8, true, "4.4")]
    public async Task A_server_without_what_is_needed_is_named_with_what_to_do(int wireVersion, bool isReplicaSet, string expected)
    {
        _server.Greeting = new StandInGreeting(wireVersion, isReplicaSet);
        var store = Open();

        await Eventually.TrueAsync(() => store.Trouble?.Contains(expected, StringComparison.Ordinal) == true, $"readiness speaks of '{expected}'");

        var refusal = await Assert.ThrowsAsync<DocumentsUnavailableException>(() => store.GetAsync<int>("notes", "a", None).AsTask());
        Assert.Contains(expected, refusal.InnerException!.Message);
    }

    private MongoDocumentStore Open(TimeSpan? patience = null)
    {
        var options = new MongoDbOptions { ConnectionString = _server.ConnectionString, Patience = patience ?? TimeSpan.FromSeconds(60) };
        var store = new MongoDocumentStore(options, "notes", TimeProvider.System, NullLogger.Instance);
        _stores.Add(store);
        return store;
    }

    private static async Task<int> IncrementUntilAsync(MongoDocumentStore store, CancellationToken stop)
    {
        var acknowledged = 0;
        while (!stop.IsCancellationRequested)
        {
            var counter = await store.GetAsync<int>("counters", "c", None);
            var batch = Promoted().Put("counters", "c", (counter?.Value ?? 0) + 1, counter?.Revision ?? 0);
            if (await store.CommitAsync(batch, None) is null) acknowledged++;
        }
        return acknowledged;
    }

    private static Task MoreEventsAsync(MongoDocumentStore store, int count) => Eventually.TrueAsync(MoreAsync(store, count), "commits go on");

    private static Func<Task<bool>> MoreAsync(MongoDocumentStore store, int count)
    {
        long? goal = null;
        return async () => await store.LastSequenceAsync(None) is var last && last >= (goal ??= last + count);
    }

    private static DocumentBatch Counted(int n) => Promoted().Put("counters", "c", n, null);

    private static DocumentBatch Promoted() => new DocumentBatch().Publish("m", new ModelPromoted { Model = "m", Version = "1" });
}
