using Platform.Hosting.Documents;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Predictions;
using Platform.Monitor.Versions;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.GroundTruth;

public sealed class OutcomeBookTests
{
    private static readonly VersionKey Version = new("m", "1");

    [Fact]
    public void Beyond_the_horizon_the_oldest_window_can_no_longer_be_labelled_and_its_rows_are_removed()
    {
        var book = new OutcomeBook(new() { Horizon = 100 });
        for (var window = 1; window <= 3; window++)
            book.Close(Block(window, Enumerable.Range(0, 50).Select(row => $"{window}-{row}")));

        Assert.False(book.Knows("m", "1-7"));
        Assert.True(book.Knows("m", "2-7"));
        var batch = new DocumentBatch();
        book.Flush(batch);
        Assert.Equal(["m/1/000000000001"], batch.Writes.Where(write => write.Value is null).Select(write => write.Id));
        Assert.Equal(2, batch.Writes.Count(write => write.Value is OutcomeDocument));
    }

    [Fact]
    public void An_id_that_a_caller_uses_again_names_the_later_prediction()
    {
        var book = new OutcomeBook(new() { Horizon = 100 });
        book.Close(Block(1, Enumerable.Range(0, 60).Select(_ => "again")));
        book.Close(Block(2, Enumerable.Range(0, 60).Select(_ => "again")));

        Assert.Equal(2, book.FindClosed("m", "again")!.Value.Block.Sequence);
        Assert.Null(book.FindClosed("other", "again"));
    }

    [Fact]
    public void The_only_row_of_a_request_has_two_names()
    {
        var book = new OutcomeBook(new() { Horizon = 100 });
        book.Close(Block(1, ["only", "two:0", "two:1", "ends:0"]));
        book.Open(Version, new("open", IsOnly: true));
        book.Open(Version, new("waits:1", IsOnly: false));

        Assert.Equal(0, book.FindClosed("m", "only:0")!.Value.Row);
        Assert.Equal(3, book.FindClosed("m", "ends:0")!.Value.Row);
        Assert.Equal(3, book.FindClosed("m", "ends:0:0")!.Value.Row);
        Assert.Equal(Version, book.FindOpen("m", "open:0"));
        Assert.True(book.Knows("m", "open:0"));
        Assert.False(book.Knows("m", "only:1"));
        Assert.False(book.Knows("m", "two"));
        Assert.False(book.Knows("m", ":0"));
        Assert.False(book.Knows("m", "two:1:0")); // a row of several has one name
        Assert.False(book.Knows("m", "waits:1:0"));
        Assert.True(book.KnowsRowsOf("m", "two"));
    }

    [Fact]
    public void A_block_survives_being_stored()
    {
        var at = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        var block = new OutcomeBlock(Version, 4, at, at.AddSeconds(9), [new("a", true), new("b", true), new("c:1", false)], [Prediction.Of("x", 0.4), Prediction.Of(2.5), Prediction.None]);
        block.Label(0, new("1", at) { Origin = LabelOrigin.GroundTruth });
        block.Label(1, new("2", at) { Origin = new(LabelSource.Review, "ana") });

        var copy = OutcomeBlock.Of(block.ToDocument());

        Assert.Equal(block.Outcomes.Predictions, copy.Outcomes.Predictions);
        Assert.Equal(["1", "2", null], copy.Outcomes.Labels);
        Assert.Equal([LabelOrigin.GroundTruth, new(LabelSource.Review, "ana"), null], Enumerable.Range(0, 3).Select(row => copy.LabelOf(row)?.Origin));
        Assert.Equal(block.Ids, copy.Ids);
        Assert.Equal((4, at, at.AddSeconds(9)), (copy.Sequence, copy.From, copy.To));
    }

    [Fact]
    public void Of_a_label_that_was_stored_before_its_origin_was_kept_nothing_is_claimed()
    {
        var block = Block(1, ["a"]);
        block.Label(0, new("x", default) { Origin = LabelOrigin.GroundTruth });

        var copy = OutcomeBlock.Of(block.ToDocument() with { LabelSources = null, LabelledBy = null });

        Assert.Equal(new KnownLabel("x", default), copy.LabelOf(0));
    }

    private static OutcomeBlock Block(long window, IEnumerable<string> ids)
    {
        var all = ids.Select(id => new RowId(id, IsOnly: !id.StartsWith("two:", StringComparison.Ordinal))).ToArray();
        return new(Version, window, default, default, all, [.. all.Select(_ => Prediction.Of("x"))]);
    }
}
