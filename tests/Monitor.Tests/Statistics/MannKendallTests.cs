using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Statistics;

public sealed class MannKendallTests
{
    [Fact]
    public void It_agrees_with_the_reference()
    {
        foreach (var expected in Golden.Fairness.GetProperty("trends").EnumerateArray())
        {
            var found = MannKendall.Of(expected.GetProperty("values").Numbers());

            Assert.Equal(expected.GetProperty("tau").GetDouble(), found.Tau, 10);
            Assert.Equal(expected.GetProperty("pValue").GetDouble(), found.PValue, 10);
        }
    }

    [Fact]
    public void Constant_values_have_no_trend_and_few_no_p_value()
    {
        Assert.Equal((double.NaN, 1), (MannKendall.Of([3, 3, 3, 3, 3, 3, 3, 3]).Tau, MannKendall.Of([3, 3, 3, 3, 3, 3, 3, 3]).PValue));
        Assert.Equal((1, double.NaN), (MannKendall.Of([1, 2, 3, 4, 5, 6, 7]).Tau, MannKendall.Of([1, 2, 3, 4, 5, 6, 7]).PValue));
        Assert.True(double.IsNaN(MannKendall.Of([]).PValue));
    }

    [Fact]
    public void Without_a_trend_it_says_so_no_more_often_than_the_level_allows()
    {
        var random = new Random(46);
        var alarms = Enumerable.Range(0, 2_000).Count(_ =>
            MannKendall.Of(Enumerable.Range(0, 20).Select(_ => random.NextDouble()).ToArray()).PValue < 0.05);

        Assert.InRange(alarms, 50, 139); // 100, with four deviations of a binomial count above; the correction for continuity errs below
    }
}
