using Platform.Monitor.Detectors;

namespace Platform.Monitor.Tests.Detectors;

/// <summary>Every run is seeded, so each has always the same result.</summary>
public sealed class DetectorTests
{
    private const int Runs = 40;

    public static TheoryData<string> Ids => Streams.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Without_a_change_there_are_a_hundred_thousand_labels_between_false_alarms(string id)
    {
        const int Rows = 50_000;
        foreach (var rate in new[] { 0.02, 0.1, 0.3, 0.5 })
        {
            var alarms = Enumerable.Range(0, Runs).Sum(run => Streams.Create(id).Alarms(Streams.Outcomes(run, Rows, rate)).Count);

            Assert.True(alarms <= Runs * (long)Rows / 100_000, $"{alarms} false alarms of {id} at a rate of {rate}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Errors_that_become_more_frequent_are_noticed_within_a_thousand_labels(string id)
    {
        const int ChangesAt = 2_000;
        foreach (var (rate, rateAfter) in new[] { (0.05, 0.15), (0.1, 0.25), (0.3, 0.5) })
        {
            var noticed = Enumerable.Range(0, Runs).Count(run =>
                Streams.Create(id).Alarms(Streams.Outcomes(run, ChangesAt + 1_000, rate, ChangesAt, rateAfter)).Exists(row => row > ChangesAt));

            Assert.True(noticed >= 0.9 * Runs, $"{id} noticed {noticed} of {Runs} changes from {rate} to {rateAfter}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Errors_that_become_rarer_are_no_alarm(string id)
    {
        var alarms = Enumerable.Range(0, Runs).Sum(run =>
            Streams.Create(id).Alarms(Streams.Outcomes(run, 4_000, 0.3, 2_000, 0.1)).Count(row => row > 2_000));

        Assert.Equal(0, alarms);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Restored_a_detector_goes_on_as_if_nothing_had_been(string id)
    {
        var outcomes = Streams.Outcomes(7, 3_000, 0.1, 2_500, 0.4).ToArray();
        var undisturbed = Streams.Create(id);
        var expected = undisturbed.Alarms(outcomes);

        var before = Streams.Create(id);
        var alarms = before.Alarms(outcomes[..1_234]);
        var after = Streams.Create(id);
        after.Restore(before.Save());
        alarms.AddRange(after.Alarms(outcomes[1_234..]).Select(row => row + 1_234));

        Assert.NotEmpty(expected);
        Assert.Equal(expected, alarms);
        Assert.Equal(undisturbed.Save(), after.Save());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_a_detector_remembers_is_bounded(string id)
    {
        var detector = Streams.Create(id);

        detector.Alarms(Streams.Outcomes(3, 3_000_000, 0.2));

        Assert.InRange(detector.Save().Length, 1, 120);
    }

    [Fact]
    public void Buckets_count_the_errors_of_the_latest_outcomes()
    {
        var buckets = new ErrorBuckets();
        var outcomes = Streams.Outcomes(5, 4_000, 0.3).Select(wrong => wrong ? 1 : 0).ToArray();
        for (var at = 0; at < outcomes.Length; at++)
        {
            buckets.Add(outcomes[at]);
            if (at % 1_000 == 500)
                buckets.DropOldest();

            Assert.Equal(outcomes[..(at + 1)].TakeLast((int)buckets.Count).Sum(), buckets.Errors);
        }

        Assert.InRange(buckets.Count, 1_000, 3_999);
    }
}
