using Platform.Monitor.Performance;
using Platform.Statistics.DriftTests;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Statistics;

/// <summary>Means and spreads against exact fractions.</summary>
public sealed class MomentsTests
{
    public static TheoryData<double, double> Offsets => new()
    {
        { 0, 1 }, { 0.1, 1e-3 }, { 1e9, 1 }, { 1e15, 1 }, { 1e15, 8 }, { -1e15, 3 }, { 4.5e15, 2 }, { 1e-9, 1e-12 },
    };

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Mean_and_variance_are_those_of_exact_fractions(double offset, double spread)
    {
        var values = Draw(1, 1_000, offset, spread);

        var found = Moments.Of(values);

        var (mean, variance) = Fraction.MeanAndVariance(values);
        Assert.Equal(mean.ToDouble(), found.Mean, Math.Max(Math.Abs(offset), spread) * 2e-16);
        Assert.InRange(found.SampleVariance / variance.ToDouble(), 1 - 1e-12, 1 + 1e-12);
    }

    [Fact]
    public void The_mean_of_many_values_is_right_to_the_last_digit()
    {
        var values = Enumerable.Range(0, 76).Select(at => at < 21 ? 1.0 : 0).ToArray();
        var large = Draw(5, 100_000, 0.1, 1);

        Assert.Equal(21 / 76.0, Moments.Of(values).Mean);
        Assert.Equal(Fraction.MeanAndVariance(large).Mean.ToDouble(), Moments.Of(large).Mean, 1e-16);
    }

    // Around 1e15 the textbook means lose the last digit of their values, and t up to 14 %.
    [Theory]
    [MemberData(nameof(Offsets))]
    public void Welchs_t_is_that_of_exact_fractions(double offset, double spread)
    {
        var (reference, current) = (Draw(2, 400, offset, spread), Draw(3, 150, offset + spread / 8, spread));

        var found = new WelchT().Run(FeaturePairs.Numerical(reference, current));

        Assert.InRange(found.Statistic / Fraction.WelchT(reference, current), 1 - 1e-11, 1 + 1e-11);
    }

    [Theory]
    [InlineData(0.1, 100, 1_000)]
    [InlineData(1e15 + 0.3, 7, 13)]
    [InlineData(-1 / 3.0, 999, 100_000)]
    [InlineData(1.7e308, 10, 20)]
    public void A_constant_is_its_own_mean_and_has_no_spread(double value, int reference, int current)
    {
        var (one, other) = (new NumericalSample([.. Enumerable.Repeat(value, reference)]), new NumericalSample([.. Enumerable.Repeat(value, current)]));

        Assert.Equal(value, one.Mean);
        Assert.Equal(0, one.SumOfSquares);
        Assert.Equal(new(0, 1, 0), new WelchT().Run(new(one, other)));
    }

    [Fact]
    public void What_is_too_small_to_square_is_no_constant()
    {
        var outcome = new WelchT().Run(FeaturePairs.Numerical([1e-200, 2e-200, 3e-200], [2e-200, 4e-200, 5e-200]));

        Assert.True(double.IsNaN(outcome.PValue));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e15 + 0.3)]
    public void Constant_labels_are_explained_fully_or_not_at_all(double label)
    {
        var labels = Enumerable.Repeat((ExactNumber)label, 1_000).ToArray();

        Assert.Equal(1, RegressionMetrics.Measure(labels, labels)["r2"]);
        Assert.Equal(0, RegressionMetrics.Measure(labels, [.. labels.Select(value => (ExactNumber)(value.High + 1))])["r2"]);
    }

    [Fact]
    public void The_share_explained_survives_a_large_offset()
    {
        var random = new Random(4);
        var labels = Enumerable.Range(0, 500).Select(_ => (ExactNumber)random.Next(100)).ToArray();
        var predictions = labels.Select(label => (ExactNumber)(label.High + random.Next(-5, 6))).ToArray();

        Assert.Equal(
            RegressionMetrics.Measure(labels, predictions)["r2"],
            RegressionMetrics.Measure([.. labels.Select(Far)], [.. predictions.Select(Far)])["r2"], 12);

        static ExactNumber Far(ExactNumber value) => value.High + 1e15;
    }

    [Fact]
    public void Equal_constant_losses_are_not_worse_by_rounding()
    {
        var scheme = new LabelScheme(new() { Task = "regression" });
        var (window, reference) = (Of(100), Of(1_000));

        Assert.Equal(1, window.PValueAbove(reference));
        Assert.Equal(0, window.Moments.MeanLess(reference.Moments));

        Losses Of(int rows) => Losses.Of(scheme, new([.. Enumerable.Repeat(Prediction.Of(0.1), rows)], [.. Enumerable.Repeat("0", rows)]));
    }

    private static double[] Draw(int seed, int rows, double offset, double spread)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => offset + spread * (random.NextDouble() - 0.5))];
    }
}
