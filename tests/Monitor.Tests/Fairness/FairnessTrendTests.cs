using Platform.Monitor.Fairness;

namespace Platform.Monitor.Tests.Fairness;

public sealed class FairnessTrendTests
{
    [Fact]
    public void A_group_that_falls_behind_window_by_window_is_named()
    {
        var windows = Enumerable.Range(0, 12).Select(at => Window(("a", 1 - 0.02 * at), ("b", 0.9 + 0.01 * (at % 3)), ("c", 0.8 + 0.015 * at)));

        var trend = FairnessTrend.Of([null, .. windows], 0.01)!;

        Assert.Equal(["falling", "none", "rising"], trend.Groups.Select(group => group.Direction));
        Assert.All(trend.Groups, group => Assert.Equal(12, group.Windows));
        Assert.Equal((-1, 1), (trend.Groups[0].Tau, trend.Groups[2].Tau));
        Assert.Equal(3 * trend.Groups[0].PValue!.Value, trend.Groups[0].AdjustedPValue!.Value, 12);
    }

    [Fact]
    public void Of_a_few_windows_nothing_is_concluded()
    {
        Assert.Null(FairnessTrend.Of([null, new WindowFairness { PositiveRate = new Dictionary<string, double?>(), PValueTest = "z" }], 0.01));
        Assert.Null(FairnessTrend.Of(Enumerable.Range(0, 7).Select(at => Window(("a", 1 - 0.1 * at))), 0.01)!.Groups[0].Direction);
    }

    [Fact]
    public void The_best_off_group_counts_as_one_in_the_windows_in_which_it_is_that()
    {
        // a falls from being the best off, b rises to it, and c is never near it
        var windows = Enumerable.Range(0, 12).Select(at => Sets(BestOff(
            ("a", at < 6 ? 1 : 1 - 0.02 * at), ("b", at < 6 ? 0.7 + 0.02 * at : 1), ("c", 0.5 + 0.01 * (at % 3)))));

        var trend = FairnessTrend.Of(windows, 0.01)!;

        Assert.Equal([("a", 12, "falling"), ("b", 12, "rising"), ("c", 12, "none")], trend.Groups.Select(group => (group.Group, group.Windows, group.Direction)));
    }

    [Fact]
    public void A_best_off_group_without_another_or_without_a_favourable_decision_has_no_impact()
    {
        var alone = new ComparedSet(["x"], "a", true, [Group("a", "reference", null, 0.5), Group("b", "too_few", null, 0.5)]);
        var none = new ComparedSet(["x"], "a", true, [Group("a", "reference", null, 0), Group("b", "compared", null, 0)]);

        Assert.Null(FairnessTrend.Of([Sets(alone), Sets(none)], 0.01));
    }

    [Fact]
    public void Groups_of_the_same_name_are_told_apart_by_their_set()
    {
        var windows = Enumerable.Range(0, 12).Select(at => Sets(
            new(["x"], "r", false, [Group("a", "compared", 1 - 0.02 * at), Group("a", "compared", 0.9)]),
            new(["x"], "r", false, [Group("a", "compared", 0.5 + 0.02 * at)])));

        Assert.Equal([(12, "falling"), (12, "none"), (12, "rising")], FairnessTrend.Of(windows, 0.01)!.Groups.Select(group => (group.Windows, group.Direction)));
    }

    private static ComparedSet BestOff(params (string Group, double Impact)[] groups) => new(["x"], groups.First(group => group.Impact == 1).Group, true,
        [.. groups.Select(group => group.Impact is 1.0 ? Group(group.Group, "reference", null, 0.6) : Group(group.Group, "compared", group.Impact, 0.6 * group.Impact))]);

    private static GroupReport Group(string group, string role, double? impact, double? rate = null) =>
        new() { Group = group, Role = role, DisparateImpact = impact, SelectionRate = rate };

    private static WindowFairness Sets(params ComparedSet[] sets) => new() { PositiveRate = new Dictionary<string, double?>(), PValueTest = "z", Attributes = sets };

    private static WindowFairness Window(params (string Group, double Impact)[] groups) => new()
    {
        PositiveRate = new Dictionary<string, double?>(),
        PValueTest = "z",
        Attributes = [new(["x"], "r", false, [.. groups.Select(group => new GroupReport { Group = group.Group, Role = "compared", DisparateImpact = group.Impact })])],
    };
}
