using Platform.Registry.Comparisons;

namespace Platform.Registry.Tests.Comparisons;

/// <summary>
/// A thousand promotions each, looked at after every few requests. The seeds are fixed, so each count is decided once and for all; the stated chance of
/// an error is 0.05.
/// </summary>
public sealed class ComparisonTests
{
    private const double Alpha = 0.05;
    private const int Allowed = (int)(Simulation.Runs * Alpha);

    public static TheoryData<double, double, double> Shares => new()
    {
        { 0.1, 0.05, 0.5 },
        { 0.3, 0.05, 0.1 },
        { 0.01, 0.01, 0.5 },
        { 0.002, 0.005, 0.2 },
        { 0.5, 0.1, 0.05 },
    };

    [Fact]
    public void Of_counts_that_began_anew_no_part_is_more_than_the_whole()
    {
        var since = new RouteSample(10_100, 101, [10_100], 50, 50).Since(new RouteSample(10_000, 0, [10_000], 49, 0));

        Assert.Equal((100, 100, 1, 1), (since.Requests, since.Errors, since.Labelled, since.Correct));
        Assert.Equal(0, new RouteSample(3, 1, [3], 0, 0).Since(new RouteSample(10, 2, [10], 5, 4)) is var none ? none.Requests + none.Errors + none.Correct : -1);
    }

    [Theory, MemberData(nameof(Shares))]
    public void A_challenger_as_good_as_the_champion_is_hardly_ever_rolled_back(double share, double margin, double weight)
    {
        var ended = Run(new ErrorRate(), margin, share, share, weight, 150);
        Assert.InRange(ended.Worse, 0, Allowed);
    }

    /// <summary>The hardest case: the harm is exactly what the guard allows, neither less nor more.</summary>
    [Theory, MemberData(nameof(Shares))]
    public void At_the_margin_itself_neither_is_decided_more_often_than_stated(double share, double margin, double weight)
    {
        var ended = Run(new ErrorRate(), margin, share, share + margin, weight, 150);
        Assert.InRange(ended.Worse, 0, Allowed);
        Assert.InRange(ended.GoodEnough, 0, Allowed);
    }

    [Theory, MemberData(nameof(Shares))]
    public void A_challenger_that_is_worse_than_allowed_is_hardly_ever_promoted(double share, double margin, double weight)
    {
        var ended = Run(new ErrorRate(), margin, share, share + 2 * margin, weight, 150);
        Assert.InRange(ended.GoodEnough, 0, Allowed);
    }

    /// <summary>Three margins worse, with as many samples as the plan of a dry run says a good one needs: caught in 80 of 100 cases or more.</summary>
    [Theory]
    [InlineData(0.1, 0.05, 0.5, 100)]
    [InlineData(0.3, 0.05, 0.1, 100)]
    [InlineData(0.02, 0.02, 0.5, 100)]
    public void A_regression_is_caught_with_the_stated_power(double share, double margin, double weight, int looks)
    {
        var ended = Run(new ErrorRate(), margin, share, share + 3 * margin, weight, looks);
        Assert.InRange(ended.Worse, 0.8 * Simulation.Runs, Simulation.Runs);
    }

    [Fact]
    public void A_good_challenger_is_let_on_with_the_stated_power()
    {
        var ended = Run(new ErrorRate(), 0.05, 0.1, 0.1, 0.5, 100);
        Assert.InRange(ended.GoodEnough, 0.8 * Simulation.Runs, Simulation.Runs);
    }

    [Fact]
    public void Accuracy_is_harm_the_other_way_round()
    {
        var simulation = new Simulation(new Accuracy(), 0.05, Alpha);
        Assert.InRange(simulation.Run(Simulation.Right(0.9, 50), Simulation.Right(0.7, 50), 60).Worse, 950, 1000);
        Assert.InRange(simulation.Run(Simulation.Right(0.9, 50), Simulation.Right(0.95, 50), 60).GoodEnough, 950, 1000);
    }

    [Fact]
    public void Of_latencies_the_same_ones_pass_and_those_that_are_twice_as_long_do_not()
    {
        var simulation = new Simulation(Measure.Find("latency.p95")!, 1.2, Alpha);
        var same = simulation.Run(Simulation.Taking(50, 4, 200), Simulation.Taking(50, 4, 50), 60);
        var doubled = simulation.Run(Simulation.Taking(50, 4, 200), Simulation.Taking(58, 4, 50), 60);

        Assert.InRange(same.Worse, 0, Allowed);
        Assert.InRange(same.GoodEnough, 800, 1000);
        Assert.InRange(doubled.Worse, 950, 1000);
        Assert.InRange(doubled.GoodEnough, 0, Allowed);
    }

    [Fact]
    public void With_few_samples_nothing_is_said()
    {
        var compared = Comparison.Compare(new ErrorRate(), 0.01, new(1000, 0, [], 0, 0), new(19, 19, [], 0, 0), Alpha);

        Assert.False(compared.IsWorse || compared.IsGoodEnough);
        Assert.Equal([-1, 1], compared.Interval);
        Assert.Equal(1, compared.PValue);
        Assert.Equal((0, 1), (compared.Champion, compared.Challenger));
        Assert.Equal([1000, 19], compared.Samples);
    }

    [Fact]
    public void A_break_is_found_within_a_few_dozen_requests_even_at_a_fine_margin()
    {
        var compared = Comparison.Compare(new ErrorRate(), 0.001, new(1000, 1, [], 0, 0), new(30, 25, [], 0, 0), Alpha);

        Assert.True(compared.IsWorse);
        Assert.InRange(compared.PValue, 0, 0.05);
    }

    [Fact]
    public void Values_differences_and_intervals_are_those_of_the_measure()
    {
        var compared = Comparison.Compare(new Accuracy(), 0.02, new(0, 0, [], 1000, 900), new(0, 0, [], 500, 400), Alpha);

        Assert.Equal((0.9, 0.8), (compared.Champion, compared.Challenger));
        Assert.Equal(-0.1, compared.Difference!.Value, 12);
        Assert.Equal(-0.1, (compared.Interval[0] + compared.Interval[1]) / 2, 12);
        Assert.True(compared.Interval[0] < compared.Interval[1]);
    }

    [Theory]
    [InlineData("errors.rate")]
    [InlineData("performance.accuracy")]
    [InlineData("latency.p1")]
    [InlineData("latency.p50")]
    [InlineData("latency.p99.9")]
    [InlineData("outcomes.conversion")]
    public void Measures_are_found_by_name(string name) => Assert.Equal(name, Measure.Find(name)!.Name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("latency.p0")]
    [InlineData("latency.p100")]
    [InlineData("latency.p99.99")]
    [InlineData("latency.p99\n")]
    [InlineData("outcomes.")]
    [InlineData("outcomes.two words")]
    [InlineData("outcomes.conversion\n")]
    public void Others_are_not(string? name) => Assert.Null(Measure.Find(name));

    private static (int Worse, int GoodEnough, int Open) Run(Measure measure, double margin, double champion, double challenger, double weight, int looks)
    {
        const int perLook = 100;
        var challenged = Math.Max(1, (int)(perLook * weight));
        return new Simulation(measure, margin, Alpha).Run(
            Simulation.Failing(champion, perLook - challenged), Simulation.Failing(challenger, challenged), looks);
    }
}
