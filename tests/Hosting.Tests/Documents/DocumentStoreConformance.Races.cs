using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

// Writers at the same time.
public abstract partial class DocumentStoreConformance
{
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

    public sealed record Counter(int Count);
}
