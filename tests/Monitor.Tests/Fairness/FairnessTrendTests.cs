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

    private static WindowFairness Window(params (string Group, double Impact)[] groups) => new()
    {
        PositiveRate = new Dictionary<string, double?>(),
        PValueTest = "z",
        Attributes = [new(["x"], "r", false, [.. groups.Select(group => new GroupReport { Group = group.Group, Role = "compared", DisparateImpact = group.Impact })])],
    };
}
