using System.Diagnostics;
using Platform.Hosting.Documents;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents;

// Events that are committed with documents.
public abstract partial class DocumentStoreConformance
{
    [Fact]
    public async Task Events_are_numbered_from_one_without_gaps_over_all_batches()
    {
        await CommitAsync(new DocumentBatch().Publish("a", Promoted("1")).Publish("b", Promoted("2")));
        await PutAsync("x", "no event");
        await CommitAsync(new DocumentBatch().Put("notes", "y", new Note("y"), 0).Publish("a", Promoted("3")));

        var events = await Store.ReadEventsAsync(0, 10, None);

        Assert.Equal([1, 2, 3], events.Select(stored => stored.Sequence));
        Assert.Equal(["a", "b", "a"], events.Select(stored => stored.Key));
        Assert.All(events, stored => Assert.Equal("registry.model-promoted.v1", stored.Type));
        Assert.Equal(["1", "2", "3"], events.Select(stored => stored.Data.GetProperty("version").GetString()));
        Assert.Equal(3, await Store.LastSequenceAsync(None));
    }

    [Fact]
    public async Task An_event_remembers_the_trace_that_it_was_committed_in()
    {
        using (var activity = new Activity("request").Start())
        {
            await CommitAsync(new DocumentBatch().Publish("m", Promoted("1")));
            Assert.Equal(activity.Id, (await Store.ReadEventsAsync(0, 1, None))[0].TraceParent);
        }
        await CommitAsync(new DocumentBatch().Publish("m", Promoted("2")));
        Assert.Null((await Store.ReadEventsAsync(1, 1, None))[0].TraceParent);
    }

    [Fact]
    public async Task Events_are_read_from_any_sequence_number_on()
    {
        for (var i = 1; i <= 700; i++) await CommitAsync(new DocumentBatch().Publish("m", Promoted($"{i}")));

        Assert.Equal(Enumerable.Range(1, 300), await VersionsAsync(0, 300));
        Assert.Equal(Enumerable.Range(256, 445), await VersionsAsync(255, 1000));
        Assert.Equal(Enumerable.Range(601, 100), await VersionsAsync(600, 100));
        Assert.Empty(await VersionsAsync(700, 10));
        Assert.Empty(await VersionsAsync(long.MaxValue, 10));
        Assert.Equal([1], await VersionsAsync(long.MinValue, 1));
        await ReopenAsync();
        Assert.Equal(Enumerable.Range(1, 700), await VersionsAsync(0, 1000));
        Assert.Equal(Enumerable.Range(500, 20), await VersionsAsync(499, 20));
    }

    [Fact]
    public async Task A_waiting_reader_wakes_when_an_event_is_committed()
    {
        await CommitAsync(new DocumentBatch().Publish("m", Promoted("1")));
        await Store.WaitForEventsAsync(0, None);
        var waiting = Store.WaitForEventsAsync(1, None).AsTask();

        await PutAsync("a", "no event");
        Assert.False(waiting.IsCompleted);
        await CommitAsync(new DocumentBatch().Publish("m", Promoted("2")));

        await waiting.PatientlyAsync();
    }

    [Fact]
    public async Task Waiting_for_events_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Store.WaitForEventsAsync(0, stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
