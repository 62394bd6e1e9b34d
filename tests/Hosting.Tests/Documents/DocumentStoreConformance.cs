using System.Diagnostics;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

/// <summary>What every kind of document store must do. A store's own tests derive from it.</summary>
public abstract class DocumentStoreConformance : IAsyncLifetime
{
    protected static readonly CancellationToken None = CancellationToken.None;

    protected IDocumentStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    /// <summary>Opens the store; called again after <see cref="CloseAsync"/>, over the same data.</summary>
    protected abstract Task<IDocumentStore> OpenAsync();

    protected abstract Task CloseAsync();

    private async Task ReopenAsync()
    {
        await CloseAsync();
        Store = await OpenAsync();
    }

    [Fact]
    public async Task A_document_that_was_never_stored_is_null() =>
        Assert.Null(await Store.GetAsync<Note>("notes", "a", None));

    [Fact]
    public async Task A_stored_document_comes_back_with_revision_one()
    {
        await PutAsync("a", "hello");

        var document = await Store.GetAsync<Note>("notes", "a", None);

        Assert.Equal(new Document<Note>("a", 1, new Note("hello")), document);
    }

    [Fact]
    public async Task Every_write_raises_the_revision_by_one()
    {
        await PutAsync("a", "one");
        await PutAsync("a", "two");
        await PutAsync("a", "three");

        Assert.Equal(new Document<Note>("a", 3, new Note("three")), await Store.GetAsync<Note>("notes", "a", None));
    }

    [Fact]
    public async Task Collections_do_not_see_each_other()
    {
        await CommitAsync(new DocumentBatch().Put("notes", "a", new Note("note"), null).Put("letters", "a", new Note("letter"), null));

        Assert.Equal("note", (await Store.GetAsync<Note>("notes", "a", None))!.Value.Text);
        Assert.Equal("letter", (await Store.GetAsync<Note>("letters", "a", None))!.Value.Text);
    }

    [Fact]
    public async Task Creating_what_exists_is_a_conflict_and_changes_nothing()
    {
        await PutAsync("a", "first");

        var conflict = await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("second"), 0), None);

        Assert.Equal(new DocumentConflict("notes", "a", 0, 1), conflict);
        Assert.Equal("first", (await Store.GetAsync<Note>("notes", "a", None))!.Value.Text);
    }

    [Fact]
    public async Task Writing_from_an_old_revision_is_a_conflict()
    {
        await PutAsync("a", "one");
        await PutAsync("a", "two");

        Assert.Equal(new DocumentConflict("notes", "a", 1, 2),
            await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("three"), 1), None));
        Assert.Null(await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("three"), 2), None));
    }

    [Fact]
    public async Task One_conflict_refuses_the_whole_batch_with_its_events()
    {
        await PutAsync("a", "one");

        var conflict = await Store.CommitAsync(
            new DocumentBatch().Put("notes", "b", new Note("new"), 0).Publish("m", Promoted("1")).Put("notes", "a", new Note("x"), 7), None);

        Assert.NotNull(conflict);
        Assert.Null(await Store.GetAsync<Note>("notes", "b", None));
        Assert.Equal(0, await Store.LastSequenceAsync(None));
    }

    [Fact]
    public async Task A_batch_sees_its_own_earlier_writes()
    {
        await CommitAsync(new DocumentBatch()
            .Put("notes", "a", new Note("one"), 0).Put("notes", "a", new Note("two"), 1).Delete("notes", "b"));

        Assert.Equal(new Document<Note>("a", 2, new Note("two")), await Store.GetAsync<Note>("notes", "a", None));
    }

    [Fact]
    public async Task A_deleted_document_is_gone_from_every_query()
    {
        await PutAsync("a", "x", ("model", "credit"));
        await CommitAsync(new DocumentBatch().Delete("notes", "a", expectedRevision: 1));

        Assert.Null(await Store.GetAsync<Note>("notes", "a", None));
        Assert.Empty(await IdsAsync(new DocumentQuery("notes")));
        Assert.Empty(await IdsAsync(Where("model", "credit")));
    }

    [Fact]
    public async Task Queries_page_in_ordinal_order_of_ids_in_both_directions()
    {
        foreach (var id in new[] { "b", "a10", "B", "a2", "ä" }) await PutAsync(id, id);

        Assert.Equal(["B", "a10", "a2", "b", "ä"], await IdsAsync(new DocumentQuery("notes")));
        Assert.Equal(["B", "a10", "a2", "b", "ä"], await IdsAsync(new DocumentQuery("notes") { Limit = 2 }));
        Assert.Equal(["ä", "b", "a2", "a10", "B"], await IdsAsync(new DocumentQuery("notes") { Limit = 2, Descending = true }));
    }

    [Fact]
    public async Task A_page_goes_on_behind_an_id_that_has_been_deleted_meanwhile()
    {
        foreach (var id in new[] { "a", "b", "c", "d" }) await PutAsync(id, id);
        var first = await Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = 2 }, None);
        await CommitAsync(new DocumentBatch().Delete("notes", first.Next!));

        Assert.Equal(["c", "d"], await IdsAsync(new DocumentQuery("notes") { After = first.Next }));
        Assert.Equal(["a"], await IdsAsync(new DocumentQuery("notes") { After = first.Next, Descending = true }));
    }

    [Fact]
    public async Task The_last_page_has_no_next()
    {
        await PutAsync("a", "x");
        await PutAsync("b", "x");

        Assert.Null((await Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = 2 }, None)).Next);
        Assert.Equal("a", (await Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = 1 }, None)).Next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_size_outside_of_1_to_1000_is_refused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = limit }, None).AsTask());

    [Fact]
    public async Task Queries_find_documents_by_every_indexed_field_asked_for()
    {
        await PutAsync("1", "x", ("model", "credit"), ("state", "open"));
        await PutAsync("2", "x", ("model", "credit"), ("state", "closed"));
        await PutAsync("3", "x", ("model", "fashion"), ("state", "open"));
        await PutAsync("4", "x");

        Assert.Equal(["1", "2"], await IdsAsync(Where("model", "credit")));
        Assert.Equal(["1"], await IdsAsync(Where("model", "credit", "state", "open")));
        Assert.Empty(await IdsAsync(Where("model", "spam")));
        Assert.Empty(await IdsAsync(Where("colour", "red")));
    }

    [Fact]
    public async Task A_rewritten_document_is_found_by_its_new_fields_only()
    {
        await PutAsync("1", "x", ("state", "open"));
        await PutAsync("1", "x", ("state", "closed"));

        Assert.Empty(await IdsAsync(Where("state", "open")));
        Assert.Equal(["1"], await IdsAsync(Where("state", "closed")));
    }

    [Fact]
    public async Task Changing_the_object_after_the_commit_does_not_change_the_document()
    {
        var numbers = new List<int> { 1 };
        await CommitAsync(new DocumentBatch().Put("notes", "a", new Numbers(numbers), 0));
        numbers.Add(2);

        Assert.Equal([1], (await Store.GetAsync<Numbers>("notes", "a", None))!.Value.Items);
    }

    [Theory]
    [InlineData("Notes")]
    [InlineData("../notes")]
    [InlineData("")]
    public void A_collection_needs_a_plain_name(string collection) =>
        Assert.Throws<ArgumentException>(() => new DocumentBatch().Put(collection, "a", new Note("x"), null));

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

        await waiting.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Waiting_for_events_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Store.WaitForEventsAsync(0, stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Everything_is_there_again_after_a_restart()
    {
        await PutAsync("a", "one", ("model", "credit"));
        await PutAsync("a", "two", ("model", "credit"));
        await PutAsync("b", "gone");
        await CommitAsync(new DocumentBatch().Delete("notes", "b").Publish("m", Promoted("1")));

        await ReopenAsync();

        Assert.Equal(new Document<Note>("a", 2, new Note("two")), await Store.GetAsync<Note>("notes", "a", None));
        Assert.Equal(["a"], await IdsAsync(Where("model", "credit")));
        Assert.Equal(["a"], await IdsAsync(new DocumentQuery("notes")));
        Assert.Equal(1, await Store.LastSequenceAsync(None));
        await CommitAsync(new DocumentBatch().Publish("m", Promoted("2")));
        Assert.Equal([1, 2], await VersionsAsync(0, 10));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b\\c:d*?\"<>|%~")]
    [InlineData("CON")]
    [InlineData("床前明月光")]
    [InlineData(" ")]
    public async Task Any_text_can_be_an_id(string id)
    {
        await PutAsync(id, "x");
        await PutAsync(id + id, "y");

        await ReopenAsync();

        Assert.Equal("x", (await Store.GetAsync<Note>("notes", id, None))!.Value.Text);
        Assert.Equal("y", (await Store.GetAsync<Note>("notes", id + id, None))!.Value.Text);
    }

    [Fact]
    public async Task Ids_that_differ_late_or_only_in_case_stay_apart()
    {
        string[] ids = ["a", "A", new string('x', 400) + "1", new string('x', 400) + "2"];
        foreach (var id in ids) await PutAsync(id, id);

        await ReopenAsync();

        foreach (var id in ids) Assert.Equal(id, (await Store.GetAsync<Note>("notes", id, None))!.Value.Text);
    }

    [Fact]
    public async Task Of_writers_that_race_for_a_revision_exactly_one_wins()
    {
        await PutAsync("counter", "0");

        var conflicts = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
            await Store.CommitAsync(new DocumentBatch().Put("notes", "counter", new Note($"{i}"), 1).Publish("m", Promoted($"{i}")), None))));

        Assert.Single(conflicts, conflict => conflict is null);
        Assert.Equal(1, await Store.LastSequenceAsync(None));
    }

    [Fact]
    public async Task Increments_by_many_writers_are_all_counted()
    {
        await CommitAsync(new DocumentBatch().Put("counters", "c", new Counter(0), 0));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++) await IncrementAsync();
        })));

        await ReopenAsync();
        Assert.Equal(new Document<Counter>("c", 201, new Counter(200)), await Store.GetAsync<Counter>("counters", "c", None));
        Assert.Equal(Enumerable.Range(1, 200), await VersionsAsync(0, 1000));
    }

    private async Task IncrementAsync()
    {
        while (true)
        {
            var counter = (await Store.GetAsync<Counter>("counters", "c", None))!;
            var next = new Counter(counter.Value.Count + 1);
            var batch = new DocumentBatch().Put("counters", "c", next, counter.Revision).Publish("c", Promoted($"{next.Count}"));
            if (await Store.CommitAsync(batch, None) is null) return;
        }
    }

    private async Task CommitAsync(DocumentBatch batch) => Assert.Null(await Store.CommitAsync(batch, None));

    private Task PutAsync(string id, string text, params (string Field, string Value)[] index) =>
        CommitAsync(new DocumentBatch().Put("notes", id, new Note(text), null, index.ToDictionary(field => field.Field, field => field.Value)));

    private async Task<IReadOnlyList<string>> IdsAsync(DocumentQuery query)
    {
        var ids = new List<string>();
        for (DocumentPage<Note>? page = null; page is null || page.Next is not null; query = query with { After = page.Next })
        {
            page = await Store.QueryAsync<Note>(query, None);
            ids.AddRange(page.Items.Select(document => document.Id));
        }
        return ids;
    }

    private async Task<IEnumerable<int>> VersionsAsync(long after, int limit) =>
        (await Store.ReadEventsAsync(after, limit, None)).Select(stored => int.Parse(stored.Data.GetProperty("version").GetString()!));

    private static DocumentQuery Where(params string[] fields) =>
        new("notes") { Where = fields.Chunk(2).ToDictionary(field => field[0], field => field[1]) };

    private static ModelPromoted Promoted(string version) => new() { Model = "m", Version = version };

    public sealed record Note(string Text);

    public sealed record Numbers(IReadOnlyList<int> Items);

    public sealed record Counter(int Count);
}
