using Platform.Monitor.DriftTests;
using Platform.Monitor.Statistics;

namespace Platform.Monitor.Tests.DriftTests;

public sealed class DefaultTestTests
{
    [Theory]
    [InlineData(400, 100, "ks")]
    [InlineData(400, 4, "chi_square")]
    [InlineData(400, 2, "z")]
    [InlineData(6, 2, "fisher_exact")]
    [InlineData(3000, 100, "wasserstein_normalised")]
    [InlineData(3000, 4, "js")]
    public void A_numerical_feature_is_tested_by_its_size_and_distinct_values(int rows, int distinct, string expected)
    {
        var values = Enumerable.Range(0, rows).Select(row => (double)(row % distinct)).ToArray();

        Assert.Equal(expected, DefaultTest.For(FeaturePairs.Numerical(values, values)).Id);
    }

    [Theory]
    [InlineData(400, 30, "chi_square")]
    [InlineData(400, 2, "z")]
    [InlineData(3000, 30, "js")]
    public void A_categorical_feature_is_tested_by_its_size_and_categories(int rows, int distinct, string expected)
    {
        var values = Enumerable.Range(0, rows).Select(row => $"c{row % distinct}").ToArray();

        Assert.Equal(expected, DefaultTest.For(FeaturePairs.Categorical(values, values)).Id);
    }

    [Fact]
    public void The_smaller_sample_sets_the_size()
    {
        var many = Enumerable.Range(0, 5000).Select(row => (double)row).ToArray();

        Assert.Equal("ks", DefaultTest.For(FeaturePairs.Numerical(many, many[..200])).Id);
    }

    [Fact]
    public void The_default_test_raises_no_more_false_alarms_than_alpha_promises()
    {
        var random = new Random(7);
        var alarms = 0;
        for (var trial = 0; trial < 1000; trial++)
        {
            var pair = FeaturePairs.Categorical(Draw(random, 60), Draw(random, 200));
            alarms += TestCatalogue.Get(DefaultTest.For(pair).Id).Run(pair).PValue < 0.05 ? 1 : 0;
        }

        Assert.InRange(alarms, 25, 70); // 50 expected; a one-sample chi-square would raise over 200
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void A_flag_that_is_mostly_the_same_drifts_when_it_no_longer_is(double usual, double rare)
    {
        var reference = Enumerable.Range(0, 2000).Select(row => row % 20 == 0 ? rare : usual).ToArray();
        var current = Enumerable.Range(0, 2000).Select(row => row % 2 == 0 ? rare : usual).ToArray();
        var pair = FeaturePairs.Numerical(reference, current);
        var test = TestCatalogue.Get(DefaultTest.For(pair).Id);

        Assert.Equal("js", test.Id);
        Assert.Equal(0.45315527111205245, test.Run(pair).Statistic, 1e-12);
        Assert.True(test.Run(pair).Statistic >= test.ThresholdFor(pair));
        Assert.Equal([0.0], pair.Edges!);
    }

    [Fact]
    public void A_constant_that_becomes_a_smaller_one_drifts()
    {
        var pair = FeaturePairs.Numerical([.. Enumerable.Repeat(5.0, 2000)], [.. Enumerable.Repeat(3.0, 2000)]);

        Assert.True(TestCatalogue.Get("js").Run(pair).Statistic > 0.99);
    }

    private static string[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => "abcd"[random.Next(4)].ToString())];
}
