using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Statistics;

public sealed class QuantileBinsTests
{
    [Fact]
    public void A_value_on_an_edge_falls_into_the_bin_below_it()
    {
        var edges = QuantileBins.Edges([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], edges);
        Assert.Equal([2, 1, 0, 0, 0, 0, 0, 0, 0, 1], QuantileBins.Count([0, 1, 2, 11], edges));
    }

    [Fact]
    public void Equal_quantiles_make_one_edge() => Assert.Equal([5], QuantileBins.Edges([5, 5, 5, 5]));

    [Fact]
    public void An_empty_reference_leaves_one_bin_for_everything()
    {
        var edges = QuantileBins.Edges([]);

        Assert.Equal([3], QuantileBins.Count([1, 2, 3], edges));
    }
}
