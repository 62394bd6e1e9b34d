using Platform.Hosting.Documents;
using Platform.Monitor.Sampling;

namespace Platform.Monitor.Tests.Sampling;

public sealed class ReviewBookTests
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-11-20T09:00:00Z");

    private readonly ReviewBook _book = new(new() { PerReason = 2, Models = 2, MaxAge = TimeSpan.FromDays(1) });

    [Fact]
    public void A_row_waits_once_and_no_more_wait_for_a_reason_than_may()
    {
        foreach (var id in new[] { "a", "a", "b", "c" })
            Add(id);
        Add("d", ReviewReason.Uncertain);

        Assert.Equal(["a", "b", "d"], _book.Of("m").Select(item => item.PredictionId));
    }

    [Fact]
    public void One_that_has_waited_too_long_makes_room()
    {
        Add("a");
        Add("b", at: Morning.AddHours(20));
        Add("c", at: Morning.AddHours(25));

        Assert.Equal(["b", "c"], _book.Of("m").Select(item => item.PredictionId));
    }

    [Fact]
    public void Models_beyond_the_bound_have_no_room()
    {
        foreach (var model in new[] { "m", "n", "o" })
            Add("a", model: model);

        Assert.Equal(["m", "n"], _book.Of(null).Select(item => item.Model));
    }

    [Fact]
    public void Changes_are_stored_once_and_what_was_taken_out_is_deleted()
    {
        Add("a");
        _book.Flush(new());
        _book.Remove(_book.Find("a", model: null).Single());
        Add("b");
        var batch = new DocumentBatch();
        _book.Flush(batch);

        Assert.Equal([("000000000001", true), ("000000000002", false)], batch.Writes.Select(write => (write.Id, write.Value is null)));
        Assert.Empty(_book.Find("a", model: null));
    }

    private void Add(string id, string reason = ReviewReason.Random, string model = "m", DateTimeOffset? at = null) =>
        _book.Add(new() { PredictionId = id, Model = model, Reason = reason, At = at ?? Morning });
}
