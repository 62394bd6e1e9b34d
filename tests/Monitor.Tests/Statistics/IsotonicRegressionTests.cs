using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Statistics;

public sealed class IsotonicRegressionTests
{
    [Fact]
    public void It_is_the_largest_of_the_smallest_means_over_all_ranges()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 40).Select(at => (double)at)];
        double[] y = [.. x.Select(at => at / 40 + random.NextDouble())];

        var found = IsotonicRegression.Fit(x, y);

        for (var at = 0; at < x.Length; at++)
        {
            var expected = Enumerable.Range(0, at + 1).Max(from => Enumerable.Range(at, x.Length - at).Min(to => y[from..(to + 1)].Average()));
            Assert.Equal(expected, found.At(x[at]), 12);
        }
    }

    [Fact]
    public void Between_pools_it_is_a_straight_line_and_beyond_the_ends_constant()
    {
        var found = IsotonicRegression.Fit([3, 1, 1, 2, 4], [0, 0, 1, 1, 1]);

        Assert.Equal(0.5, found.At(-9));
        Assert.Equal(0.5, found.At(1.7)); // 0.5 at 1; at 2 and 3 one pool of 1 and 0
        Assert.Equal(0.5, found.At(3));
        Assert.Equal(0.75, found.At(3.5));
        Assert.Equal(1, found.At(9));
    }
}
