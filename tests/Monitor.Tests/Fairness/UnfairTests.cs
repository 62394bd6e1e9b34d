using Platform.Monitor.Alerts;
using Platform.Monitor.Fairness;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Tests.Fairness;

/// <summary>When decisions about two groups count as unfair.</summary>
public sealed class UnfairTests
{
    private static readonly FairnessOptions Options = new();

    [Theory]
    [InlineData(400, 280, 400, 195, true)] // a disparate impact of 0.696, p far below 0.001
    [InlineData(100, 70, 100, 49, true)] // the same of fewer rows, p = 0.0025
    [InlineData(50, 35, 50, 30, false)] // 0.857
    [InlineData(40, 28, 40, 22, false)] // 0.786, by chance
    [InlineData(100, 49, 100, 70, false)] // the privileged group is behind
    [InlineData(400, 280, 29, 2, null)] // too few of one group
    [InlineData(29, 27, 400, 100, null)]
    [InlineData(100, 0, 100, 50, null)] // no ratio
    public void It_is_a_ratio_below_four_fifths_by_more_than_chance_and_of_rows_enough(
        int privileged, int favoured, int unprivileged, int favouredToo, bool? unfair)
    {
        var report = Report(privileged, favoured, unprivileged, favouredToo);

        Assert.Equal(unfair, report.Unfair);
        Assert.Equal(((long)privileged, (long)unprivileged), (report.Support!["a"], report.Support["b"]));
        Assert.Equal("unfair is a disparate impact below 0.8 with a p-value below 0.01, of at least 30 rows in either group", report.Rule);
    }

    [Fact]
    public void A_default_rule_watches_it()
    {
        var rule = DefaultRules.All["fairness"];

        Assert.Equal((Signals.Unfair, true, 2, 3, 3), (rule.Metric, rule.IsBreachedBy(1), rule.Breached, rule.Of, rule.ResolveAfter));
        Assert.False(rule.IsBreachedBy(0));
        Assert.Contains(Signals.Unfair, Signals.Known);
    }

    [Fact]
    public void Groups_that_are_treated_alike_raise_no_more_verdicts_than_chance_may()
    {
        var random = new Random(9);
        var unfair = Enumerable.Range(0, 4_000).Count(_ => Report(100, Drawn(random, 0.7), 100, Drawn(random, 0.7)).Unfair == true);

        Assert.InRange(unfair, 0, 38); // one in 200 is 20, with four deviations of a binomial count
    }

    private static int Drawn(Random random, double rate) => Enumerable.Range(0, 100).Count(_ => random.NextDouble() < rate);

    private static FairnessReport Report(int privileged, int favoured, int unprivileged, int favouredToo) => FairnessReport.Of(
        GroupFairness.Measure(
            [.. Enumerable.Repeat("a", privileged), .. Enumerable.Repeat("b", unprivileged)],
            [.. Enumerable.Range(0, privileged).Select(at => at < favoured), .. Enumerable.Range(0, unprivileged).Select(at => at < favouredToo)],
            new bool?[privileged + unprivileged], "a", "b"),
        Options.Alpha, Options.MinRows);
}
