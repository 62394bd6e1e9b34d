using Platform.Registry.Gates;
using Platform.Registry.Policies;

namespace Platform.Registry.Tests.Gates;

public sealed class MetricBoundTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_finite_number_is_within_no_bound(double value)
    {
        Assert.False(new MetricBound { AtLeast = 0.7 }.Admits(value));
        Assert.False(new MetricBound { AtMost = 0.7 }.Admits(value));
    }

    [Fact]
    public void A_bound_admits_its_own_ends()
    {
        Assert.True(new MetricBound { AtLeast = 0.7, AtMost = 0.8 }.Admits(0.7));
        Assert.True(new MetricBound { AtLeast = 0.7, AtMost = 0.8 }.Admits(0.8));
        Assert.False(new MetricBound { AtLeast = 0.7, AtMost = 0.8 }.Admits(0.81));
    }
}
