using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.DriftTests;

public sealed class DefaultTestTests
{
    [Theory]
    [InlineData(400, 100, "ks")]
    [InlineData(400, 4, "chi_square")]
    [InlineData(400, 2, "z")]
    [InlineData(6, 2, "fisher_exact")]
    [InlineData(3000, 100, "ks")]
    [InlineData(3000, 4, "chi_square")]
    [InlineData(3000, 2, "z")]
    public void A_numerical_feature_is_tested_by_its_distinct_values(int rows, int distinct, string expected)
    {
        var values = Enumerable.Range(0, rows).Select(row => (double)(row % distinct)).ToArray();

        Assert.Equal(expected, DefaultTest.For(FeaturePairs.Numerical(values, values)).Id);
    }

    [Theory]
    [InlineData(400, 30, "chi_square")]
    [InlineData(400, 2, "z")]
    [InlineData(3000, 30, "chi_square")]
    [InlineData(15, 2, "fisher_exact")]
    public void A_categorical_feature_is_tested_by_its_categories(int rows, int distinct, string expected)
    {
        var values = Enumerable.Range(0, rows).Select(row => $"c{row % distinct}").ToArray();

        Assert.Equal(expected, DefaultTest.For(FeaturePairs.Categorical(values, values)).Id);
    }

    [Fact]
    public void No_default_is_a_distance()
    {
        foreach (var (rows, distinct) in new[] { (20, 2), (20, 4), (20, 20), (5_000, 2), (5_000, 4), (5_000, 300) })
        {
            var numbers = Enumerable.Range(0, rows).Select(row => (double)(row % distinct)).ToArray();
            var names = Array.ConvertAll(numbers, number => $"c{number}");

            Assert.False(double.IsNaN(Decided(FeaturePairs.Numerical(numbers, numbers)).PValue));
            Assert.False(double.IsNaN(Decided(FeaturePairs.Categorical(names, names)).PValue));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void A_flag_that_is_mostly_the_same_drifts_when_it_no_longer_is(double usual, double rare)
    {
        var reference = Enumerable.Range(0, 2000).Select(row => row % 20 == 0 ? rare : usual).ToArray();
        var current = Enumerable.Range(0, 2000).Select(row => row % 2 == 0 ? rare : usual).ToArray();
        var pair = FeaturePairs.Numerical(reference, current);

        Assert.Equal("z", DefaultTest.For(pair).Id);
        Assert.True(Decided(pair).PValue < 1e-100);
        Assert.Equal(0.45 / Math.Sqrt(0.55 * 1.45), Math.Abs(Decided(pair).EffectSize), 12);
        Assert.Equal(0.45315527111205245, new JensenShannon().Run(pair).Statistic, 1e-12);
        Assert.Equal([0.0], pair.Edges!);
    }

    [Fact]
    public void A_constant_that_becomes_a_smaller_one_drifts()
    {
        var pair = FeaturePairs.Numerical([.. Enumerable.Repeat(5.0, 2000)], [.. Enumerable.Repeat(3.0, 2000)]);

        Assert.True(TestCatalogue.Get("js").Run(pair).Statistic > 0.99);
    }

    private static TestOutcome Decided(FeaturePair pair) => TestCatalogue.Get(DefaultTest.For(pair).Id).Run(pair);
}
