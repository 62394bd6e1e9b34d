using Platform.Contracts.Monitor;
using Platform.Registry.Comparisons;

namespace Platform.Registry.Tests.Comparisons;

/// <summary>A thousand promotions each that are judged by what came of the answers; seeds, looks and the stated chance of an error as elsewhere.</summary>
public sealed class OutcomeComparisonTests
{
    private const double Alpha = 0.05;
    private const int Allowed = (int)(Simulation.Runs * Alpha);
    private const string Revenue = "outcomes.revenue";

    /// <summary>What a row brings: skewed as sales are, often nothing at all, or evenly spread.</summary>
    public static TheoryData<string, double, double> Values => new()
    {
        { "sales", 0.5, 0.5 },
        { "sales", 0.5, 0.1 },
        { "rare sales", 0.2, 0.5 },
        { "rare sales", 0.2, 0.05 },
        { "even", 1, 0.5 },
        { "even", 1, 0.1 },
    };

    [Theory]
    [InlineData(0.1, 0.02, 0.5)]
    [InlineData(0.02, 0.01, 0.1)]
    public void Of_a_yes_or_no_the_error_is_that_of_shares(double share, double margin, double weight)
    {
        var same = Run("outcomes.conversion", margin, Conversions(share), Conversions(share), weight, 150);
        var atMargin = Run("outcomes.conversion", margin, Conversions(share), Conversions(share - margin), weight, 150);

        Assert.InRange(same.Worse, 0, Allowed);
        Assert.InRange(atMargin.Worse, 0, Allowed);
        Assert.InRange(atMargin.GoodEnough, 0, Allowed);
    }

    [Fact]
    public void A_loss_of_conversions_is_caught_and_none_lets_the_challenger_on()
    {
        Assert.InRange(Run("outcomes.conversion", 0.02, Conversions(0.1), Conversions(0.04), 0.5, 100).Worse, 800, 1000);
        Assert.InRange(Run("outcomes.conversion", 0.05, Conversions(0.1), Conversions(0.1), 0.5, 100).GoodEnough, 800, 1000);
    }

    [Theory, MemberData(nameof(Values))]
    public void At_the_margin_itself_neither_is_decided_more_often_than_stated(string kind, double margin, double weight)
    {
        var ended = Run(Revenue, margin, Of(kind), Less(Of(kind), margin), weight, 100);

        Assert.InRange(ended.Worse, 0, Allowed);
        Assert.InRange(ended.GoodEnough, 0, Allowed);
    }

    [Theory, MemberData(nameof(Values))]
    public void A_challenger_that_brings_as_much_is_hardly_ever_rolled_back(string kind, double margin, double weight) =>
        Assert.InRange(Run(Revenue, margin, Of(kind), Of(kind), weight, 100).Worse, 0, Allowed);

    [Theory, MemberData(nameof(Values))]
    public void One_that_brings_less_than_allowed_is_hardly_ever_promoted(string kind, double margin, double weight) =>
        Assert.InRange(Run(Revenue, margin, Of(kind), Less(Of(kind), 2 * margin), weight, 100).GoodEnough, 0, Allowed);

    [Theory]
    [InlineData("sales", 0.5, 0.5)]
    [InlineData("rare sales", 0.2, 0.5)]
    [InlineData("even", 1, 0.5)]
    public void A_regression_of_three_margins_is_caught_and_a_good_challenger_let_on(string kind, double margin, double weight)
    {
        Assert.InRange(Run(Revenue, margin, Of(kind), Less(Of(kind), 3 * margin), weight, 100).Worse, 800, 1000);
        Assert.InRange(Run(Revenue, margin, Of(kind), Of(kind), weight, 100).GoodEnough, 800, 1000);
    }

    [Fact]
    public void Values_differences_and_intervals_are_those_of_the_outcome()
    {
        var compared = Compare(Revenue, 1, Sample(1000, 5, 2), Sample(500, 6, 2));

        Assert.Equal((5, 6), (compared.Champion, compared.Challenger));
        Assert.Equal(1, compared.Difference!.Value, 9);
        Assert.Equal(1, (compared.Interval[0] + compared.Interval[1]) / 2, 9);
        Assert.Equal((compared.Interval[0], compared.Interval[1]), (compared.LeastGain, compared.MostGain));
        Assert.Equal([1000, 500], compared.Samples);
        Assert.True(compared.IsGoodEnough);
        Assert.True(Compare(Revenue, 1, Sample(1000, 5, 2), Sample(500, 3, 2)) is { IsWorse: true, PValue: < Alpha });
    }

    [Theory]
    [InlineData(199, 2)]
    [InlineData(5000, 0)]
    public void Of_too_few_values_and_of_those_that_do_not_vary_nothing_is_said(int count, double deviation)
    {
        var compared = Compare(Revenue, 1, Sample(5000, 5, deviation), Sample(count, 50, deviation));

        Assert.False(compared.IsWorse || compared.IsGoodEnough);
        Assert.Equal((0, 1), (compared.Interval.Count, compared.PValue));
    }

    [Fact]
    public void Rows_without_an_outcome_say_nothing()
    {
        var compared = Compare(Revenue, 1, RouteSample.None, Sample(500, 5, 2));

        Assert.Equal((null, 5.0, null), (compared.Champion, compared.Challenger, compared.Difference));
        Assert.False(compared.IsWorse || compared.IsGoodEnough);
    }

    [Fact]
    public void Of_counts_that_began_anew_nothing_is_taken_and_of_others_what_came_since()
    {
        var before = Sample(1000, 5, 2);

        Assert.Equal(0, Sample(999, 5, 2).Since(before).OutcomeOf("revenue").Count);
        var since = Sample(1500, 6, 2).Since(before).OutcomeOf("revenue");
        Assert.Equal((500, 4000.0), (since.Count, since.Sum));
        Assert.Equal(7, new RouteSample(0, 0, [], 0, 0) { Outcomes = [new() { Name = "revenue", Count = 7 }] }.Since(RouteSample.None).OutcomeOf("revenue").Count);
    }

    private static MeasureComparison Compare(string measure, double margin, RouteSample champion, RouteSample challenger) =>
        Comparison.Compare(Measure.Find(measure)!, margin, champion, challenger, Alpha);

    /// <summary>Values with a mean and a deviation.</summary>
    private static RouteSample Sample(int count, double mean, double deviation) => RouteSample.None with
    {
        Outcomes = [new() { Name = "revenue", Count = count, Sum = count * mean, SumOfSquares = count * (mean * mean + deviation * deviation) }],
    };

    private static (int Worse, int GoodEnough, int Open) Run(
        string measure, double margin, Func<Random, double> champion, Func<Random, double> challenger, double weight, int looks)
    {
        const int perLook = 100;
        var (name, challenged) = (measure["outcomes.".Length..], Math.Max(1, (int)(perLook * weight)));
        return new Simulation(Measure.Find(measure)!, margin, Alpha).Run(
            Simulation.Bringing(name, champion, perLook - challenged), Simulation.Bringing(name, challenger, challenged), looks);
    }

    private static Func<Random, double> Conversions(double share) => random => random.NextDouble() < share ? 1 : 0;

    private static Func<Random, double> Of(string kind) => kind switch
    {
        "sales" => random => Math.Exp(Simulation.Normal(random)),
        "rare sales" => random => random.NextDouble() < 0.1 ? 5 * Math.Exp(0.5 * Simulation.Normal(random)) : 0,
        _ => random => 10 * random.NextDouble(),
    };

    private static Func<Random, double> Less(Func<Random, double> values, double by) => random => values(random) - by;
}
