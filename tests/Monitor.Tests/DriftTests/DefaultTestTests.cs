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

    private static string[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => "abcd"[random.Next(4)].ToString())];
}
