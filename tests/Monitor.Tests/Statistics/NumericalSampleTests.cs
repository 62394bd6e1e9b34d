using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Statistics;

public sealed class NumericalSampleTests
{
    [Fact]
    public void Missing_and_infinite_values_are_counted_apart()
    {
        var sample = new NumericalSample([3, double.NaN, 1, double.PositiveInfinity, double.NegativeInfinity, 2]);

        Assert.Equal([1, 2, 3], sample.Sorted.ToArray());
        Assert.Equal(1, sample.Missing);
        Assert.Equal(2, sample.Infinite);
    }

    [Fact]
    public void The_spread_survives_a_large_mean()
    {
        var sample = new NumericalSample([1e9 + 1, 1e9 + 2, 1e9 + 3]);

        Assert.Equal(1e9 + 2, sample.Mean);
        Assert.Equal(1, sample.SampleVariance, 12);
    }

    [Fact]
    public void An_empty_sample_has_no_mean() => Assert.True(double.IsNaN(new NumericalSample([]).Mean));
}
