using Platform.Hosting.Documents;
using Platform.Monitor.Feedback;

namespace Platform.Monitor.Tests.Feedback;

public sealed class FeedbackBookTests
{
    private readonly FeedbackBook _book = new(new() { Keep = 2 });

    [Fact]
    public void The_latest_verdict_on_a_prediction_holds_and_the_oldest_feedback_goes_beyond_the_bound()
    {
        Add("1", "a", Verdict.Agree);
        Add("2", "b", Verdict.Agree);
        Add("3", "b", Verdict.Disagree);
        var batch = new DocumentBatch();
        _book.Flush(batch);

        Assert.Null(_book.VerdictOn("m", "a"));
        Assert.Equal(Verdict.Disagree, _book.VerdictOn("m", "b"));
        Assert.Null(_book.VerdictOn("n", "b"));
        Assert.Equal(["1"], batch.Writes.Where(write => write.Value is null).Select(write => write.Id));
    }

    private void Add(string id, string prediction, string verdict) =>
        _book.Add(new() { Id = id, Model = "m", PredictionId = prediction, Verdict = verdict });
}
