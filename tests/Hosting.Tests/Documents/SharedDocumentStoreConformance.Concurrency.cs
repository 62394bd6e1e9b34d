using Platform.Contracts.Registry;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

// Several processes that write at the same time.
public abstract partial class SharedDocumentStoreConformance
{
    [Fact]
    public async Task A_reader_who_follows_the_events_of_many_writers_misses_none()
    {
        const int Writers = 8, Each = 60;
        var (one, two) = (OpenProcess(), OpenProcess());
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? one : two;
            for (var n = 0; n < Each; n++) await store.CommitAsync(Batch(writer, n), None);
        })));

        var seen = new List<StoredEvent>();
        var reader = OpenProcess();
        while (seen.Count < Writers * Each) seen.AddRange(await reader.ReadEventsAsync(seen.Count, 50, None));
        await writing;

        Assert.Equal(Enumerable.Range(1, Writers * Each).Select(n => (long)n), seen.Select(stored => stored.Sequence));
        foreach (var ofWriter in seen.GroupBy(stored => stored.Key))
            Assert.Equal(Enumerable.Range(0, Each).Select(n => $"{n}"), ofWriter.Select(Version));
    }

    [Fact]
    public async Task Batches_that_touch_the_same_documents_in_opposite_orders_do_not_block_each_other()
    {
        var (one, two) = (OpenProcess(), OpenProcess());
        string[] ids = ["a", "b", "c", "d", "e", "f"];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? one : two;
            var order = writer % 4 < 2 ? ids : [.. ids.Reverse()];
            for (var n = 0; n < 30; n++)
            {
                var batch = new DocumentBatch();
                foreach (var id in order) _ = n % 10 == 9 ? batch.Delete("notes", id) : batch.Put("notes", id, n, null);
                Assert.Null(await store.CommitAsync(batch, None));
            }
        })));
    }

    [Fact]
    public async Task Of_two_processes_that_create_the_same_document_one_is_told_of_the_conflict()
    {
        var (one, two) = (OpenProcess(), OpenProcess());
        for (var n = 0; n < 30; n++)
        {
            var batch = new DocumentBatch().Put("notes", $"{n}", n, 0);
            var outcomes = await Task.WhenAll(one.CommitAsync(batch, None).AsTask(), two.CommitAsync(batch, None).AsTask());

            Assert.Equal(new DocumentConflict("notes", $"{n}", 0, 1), Assert.Single(outcomes, outcome => outcome is not null));
        }
    }

    private static DocumentBatch Batch(int writer, int n) => new DocumentBatch()
        .Put("notes", $"{writer}", n, null)
        .Publish($"{writer}", new ModelPromoted { Model = $"{writer}", Version = $"{n}" });

    private static string? Version(StoredEvent stored) => stored.Data.GetProperty("version").GetString();
}
