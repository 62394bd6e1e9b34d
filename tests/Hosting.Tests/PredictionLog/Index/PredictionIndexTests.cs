using System.Text;
using Microsoft.Extensions.Options;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Index;
using Platform.TestKit;

namespace Platform.Hosting.Tests.PredictionLog.Index;

public sealed class PredictionIndexTests
{
    private static readonly TimeSpan Long = Eventually.Patience;

    private readonly PredictionIndex _index = new(Options.Create(new PredictionIndexOptions { IndexedPredictions = 3 }));

    [Fact]
    public void The_oldest_predictions_are_forgotten_beyond_the_bound()
    {
        _index.Add([Entry("a", 1), Entry("b", 2), Entry("c", 3), Entry("d", 4)], LogPosition.Beginning);

        Assert.Null(_index.Find("a"));
        Assert.Equal("2", _index.Find("b")?.Token);
        Assert.Equal("4", _index.Find("d")?.Token);
    }

    [Fact]
    public void It_is_built_again_from_a_place_that_is_before_the_oldest_but_not_far()
    {
        Assert.Null(_index.RebuildFrom);
        for (var n = 0; n < 5_000; n++)
            _index.Add([Entry($"{n}", n)], new LogPosition($"before {n}"));

        Assert.Equal("before 4000", _index.RebuildFrom?.Token);
    }

    [Fact]
    public void Reading_the_log_again_changes_nothing()
    {
        PredictionLogEntry[] records = [Entry("a", 1), Entry("b", 2), Entry("a", 3), Entry("c", 4)];
        for (var time = 0; time < 3; time++)
            _index.Add(records, LogPosition.Beginning);

        _index.Add([Entry("d", 5)], LogPosition.Beginning);

        Assert.Equal(["3", "4", "5"], new[] { "a", "c", "d" }.Select(id => _index.Find(id)?.Token));
    }

    [Fact]
    public void A_repeated_id_stands_for_its_last_record_as_long_as_that_is_kept()
    {
        _index.Add([Entry("a", 1), Entry("a", 2), Entry("b", 3), Entry("c", 4)], LogPosition.Beginning);

        Assert.Equal("2", _index.Find("a")?.Token);
    }

    [Fact]
    public void The_newest_come_first_and_a_page_goes_on_behind_the_last_of_another()
    {
        _index.Add([Entry("a", 1), Entry("b", 2, "n"), Entry("a", 3), Entry("c", 4)], LogPosition.Beginning);

        Assert.Equal(["4", "3", "2"], Positions(_index.Newest(null, _ => true, 10)));
        Assert.Equal(["4", "3"], Positions(_index.Newest(null, prediction => prediction.Model == "m", 10)));
        Assert.Equal(["3"], Positions(_index.Newest(new("4"), _ => true, 1)));
        Assert.Empty(_index.Newest(new("2"), _ => true, 1)!);
        Assert.Null(_index.Newest(new("1"), _ => true, 1)); // forgotten, and what followed it as well
    }

    [Fact]
    public void Version_and_time_are_known_without_reading_the_record()
    {
        _index.Add(
            [PredictionLogEntry.Read(new("1"), """{"id":"a","time":"2026-11-20T09:30:00Z","data":{"inputs":[{"version":"no"}],"version":"7"},"subject":"m"}"""u8.ToArray())],
            LogPosition.Beginning);

        var known = Assert.Single(_index.Newest(null, _ => true, 1)!);
        Assert.Equal(("m", "7", DateTimeOffset.Parse("2026-11-20T09:30:00Z")), (known.Model, known.Version, known.Time));
    }

    [Fact]
    public async Task An_id_that_appears_while_it_is_waited_for_is_found()
    {
        var waiting = _index.WaitAsync(() => _index.Find("b")?.Token, Long, TimeProvider.System, default);
        _index.Add([Entry("a", 1)], LogPosition.Beginning);
        Assert.False(waiting.IsCompleted);

        _index.Add([Entry("b", 2)], LogPosition.Beginning);

        Assert.Equal("2", await waiting);
    }

    [Fact]
    public async Task Patience_ends()
    {
        Assert.Null(await _index.WaitAsync(() => _index.Find("a")?.Token, TimeSpan.FromMilliseconds(20), TimeProvider.System, default));
    }

    [Fact]
    public async Task A_caller_that_leaves_is_not_kept_waiting()
    {
        using var leave = new CancellationTokenSource();
        var waiting = _index.WaitAsync(() => _index.Find("a")?.Token, Long, TimeProvider.System, leave.Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static IEnumerable<string> Positions(IEnumerable<IndexedPrediction>? found) => found!.Select(prediction => prediction.Position.Token);

    private static PredictionLogEntry Entry(string id, int position, string model = "m") =>
        PredictionLogEntry.Read(new LogPosition(position.ToString()), Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","subject":"{{model}}"}"""));
}
