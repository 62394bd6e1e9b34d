using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.DriftTests;

/// <summary>Data that leave little or nothing to test must give a defined answer from every test.</summary>
public sealed class DegenerateSampleTests
{
    private static readonly double[] Constant = [5, 5, 5, 5, 5, 5];

    public static TheoryData<string> Tests => [.. TestCatalogue.Ids];

    [Theory]
    [MemberData(nameof(Tests))]
    public void A_constant_feature_has_not_drifted(string id)
    {
        var pair = FeaturePairs.Numerical(Constant, Constant);
        var outcome = TestCatalogue.Get(id).Run(pair);

        Assert.False(outcome.PValue < 0.05, $"p is {outcome.PValue}");
        Assert.False(outcome.Statistic >= TestCatalogue.Get(id).ThresholdFor(pair), $"the statistic is {outcome.Statistic}");
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void One_value_a_sample_is_no_exception(string id)
    {
        var pair = FeaturePairs.Numerical([1], [2]);

        var outcome = TestCatalogue.Get(id).Run(pair);

        Assert.False(outcome.PValue < 0 || outcome.PValue > 1);
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void NaN_and_infinity_take_no_part(string id)
    {
        double[] reference = [1, 2, 3, 4, 5, 6, 7];
        double[] current = [2, 3, 3, 9, 5, 5, 8];
        double[] spoilt = [2, double.NaN, 3, 3, 9, double.PositiveInfinity, 5, 5, 8, double.NegativeInfinity];
        var test = TestCatalogue.Get(id);
        if (!test.AppliesTo(FeaturePairs.Numerical(reference, current)))
            return;

        Assert.Equal(test.Run(FeaturePairs.Numerical(reference, current)), test.Run(FeaturePairs.Numerical(reference, spoilt)));
    }

    [Theory]
    [InlineData("welch_t")]
    [InlineData("psi")]
    [InlineData("wasserstein_normalised")]
    [InlineData("ks")]
    public void Values_at_the_end_of_the_range_are_no_exception(string id)
    {
        var outcome = TestCatalogue.Get(id).Run(FeaturePairs.Numerical([-1.7e308, 1.7e308, 3], [1.7e308, -1.7e308, 1e308]));

        Assert.False(outcome.PValue < 0 || outcome.PValue > 1);
    }

    [Fact]
    public void Different_constants_are_the_surest_drift_of_means()
    {
        var outcome = new WelchT().Run(FeaturePairs.Numerical(Constant, [6, 6, 6, 6]));

        Assert.Equal(0, outcome.PValue);
        Assert.True(double.IsNaN(outcome.Statistic));
    }

    [Fact]
    public void A_category_never_seen_before_counts_as_a_difference()
    {
        var pair = FeaturePairs.Categorical(
            [.. Enumerable.Repeat("a", 50), .. Enumerable.Repeat("b", 50)],
            [.. Enumerable.Repeat("a", 40), .. Enumerable.Repeat("b", 40), .. Enumerable.Repeat("new", 20)]);

        Assert.True(new ChiSquare().Run(pair).PValue < 0.001);
        Assert.True(new PopulationStability().Run(pair).Statistic > 0.5);
        Assert.True(double.IsFinite(new KullbackLeibler().Run(pair).Statistic));
    }

    [Fact]
    public void Missing_categories_are_counted_and_take_no_part()
    {
        var sample = new CategoricalSample(["a", null, "b", null]);

        Assert.Equal(2, sample.Count);
        Assert.Equal(2, sample.Missing);
    }
}
