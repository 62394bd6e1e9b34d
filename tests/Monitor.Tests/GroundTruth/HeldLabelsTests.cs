using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Monitor.GroundTruth;
using Platform.TestKit;

namespace Platform.Monitor.Tests.GroundTruth;

public sealed class HeldLabelsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_oldest_labels_give_way_when_there_are_too_many()
    {
        var held = new HeldLabels(most: 3);

        var dropped = Enumerable.Range(0, 5).Sum(at => held.Hold(Label($"p{at}", at)));

        Assert.Equal(2, dropped);
        Assert.Equal(3, held.Count);
        Assert.Empty(held.Take("m", "p1"));
        Assert.Equal("4", Assert.Single(held.Take("m", "p4")).Label);
    }

    [Fact]
    public void Taking_and_holding_again_and_again_does_not_grow_without_bound()
    {
        var held = new HeldLabels(most: 3);
        for (var at = 0; at < 1000; at++)
        {
            held.Hold(Label($"p{at}", at));
            Assert.Single(held.Take("m", $"p{at}"));
        }

        Assert.Equal(0, held.Hold(Label("a", 1)) + held.Hold(Label("b", 2)) + held.Hold(Label("c", 3)));
        Assert.Equal(3, held.Count);
    }

    [Fact]
    public void Several_labels_of_a_row_wait_side_by_side_and_each_counts()
    {
        var held = new HeldLabels(most: 3);
        held.Hold(Label("p", 1));
        held.Hold(Label("p", 2));
        held.Hold(Label("p", 1));
        Assert.Equal(2, held.Count);

        Assert.Equal(1, held.Hold(Label("q", 3)) + held.Hold(Label("p", 4)));

        Assert.Equal(3, held.Count);
        Assert.Equal(["2", "4"], held.Take("m", "p").Select(label => label.Label));
        Assert.Equal(1, held.Count);
    }

    [Fact]
    public void A_row_has_no_more_than_a_few_of_them()
    {
        var held = new HeldLabels(most: 1_000);

        Assert.Equal(92, Enumerable.Range(0, 100).Sum(at => held.Hold(Label("p", at))));
        Assert.Equal(Enumerable.Range(92, 8).Select(at => $"{at}"), held.Take("m", "p").Select(label => label.Label));
        Assert.Equal(0, held.Count);
    }

    [Fact]
    public async Task They_all_survive_being_stored()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection().AddLogging().AddPlatformDocuments(MonitorService.Name)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Directory", folder.Path)]).Build())
            .BuildServiceProvider();
        var documents = services.GetRequiredKeyedService<IDocumentStore>(MonitorService.Name);
        var held = new HeldLabels(most: 100);
        held.Hold(Label("p", 1));
        held.Hold(Label("p", 2));
        await documents.CommitAsync(Flush(held), CancellationToken.None);

        var copy = new HeldLabels(most: 100);
        await copy.LoadAsync(documents, CancellationToken.None);

        Assert.Equal(["1", "2"], copy.Take("m", "p").Select(label => label.Label));
    }

    [Fact]
    public void A_label_rewrites_one_small_document_and_the_last_one_taken_removes_it()
    {
        var held = new HeldLabels(most: 100);
        held.Hold(Label("p", 1));
        var written = Flush(held);
        held.Take("m", "p");
        var removed = Flush(held);

        Assert.NotNull(Assert.Single(written.Writes).Value);
        Assert.Null(Assert.Single(removed.Writes).Value);
        Assert.Equal(written.Writes[0].Id, removed.Writes[0].Id);
        Assert.Empty(Flush(held).Writes);
    }

    private static HeldLabel Label(string id, int at) => new("m", id, at.ToString(), Start.AddSeconds(at), Start.AddSeconds(at));

    private static DocumentBatch Flush(HeldLabels held)
    {
        var batch = new DocumentBatch();
        held.Flush(batch);
        return batch;
    }
}
