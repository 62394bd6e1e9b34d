using Platform.Explainer.Anchors;

namespace Platform.Explainer.Tests.Anchors;

public sealed class BernoulliBoundsTests
{
    [Fact]
    public void A_share_that_was_never_missed_is_bounded_by_the_exponential()
    {
        var (low, high) = BernoulliBounds.Of(100, 100, 3);

        Assert.Equal(Math.Exp(-3 / 100.0), low, 9);
        Assert.Equal(1, high);
        Assert.Equal(1 - Math.Exp(-3 / 100.0), BernoulliBounds.Of(0, 100, 3).High, 9);
        Assert.Equal((0, 1), BernoulliBounds.Of(0, 0, 3));
    }

    [Theory]
    [InlineData(3, 10, 1.5)]
    [InlineData(70, 100, 4)]
    [InlineData(990, 1000, 6)]
    public void A_bound_is_where_the_divergence_reaches_the_rate(int hits, int samples, double rate)
    {
        var share = (double)hits / samples;

        var (low, high) = BernoulliBounds.Of(hits, samples, rate);

        Assert.True(low < share && share < high);
        Assert.All([low, high], bound => Assert.Equal(
            rate / samples, (share * Math.Log(share / bound)) + ((1 - share) * Math.Log((1 - share) / (1 - bound))), 9));
    }

    /// <summary>The probability of the true share outside a bound, by the binomial distribution itself.</summary>
    [Theory]
    [InlineData(0.3, 40, 2)]
    [InlineData(0.95, 128, 3)]
    public void Either_bound_is_wrong_no_more_often_than_promised(double truth, int samples, double rate)
    {
        var (above, below, weight) = (0.0, 0.0, Math.Pow(1 - truth, samples));
        for (var hits = 0; hits <= samples; hits++)
        {
            var (low, high) = BernoulliBounds.Of(hits, samples, rate);
            if (low > truth) above += weight;
            if (high < truth) below += weight;
            weight *= (samples - hits) / (hits + 1.0) * truth / (1 - truth);
        }

        Assert.InRange(above, 0, Math.Exp(-rate));
        Assert.InRange(below, 0, Math.Exp(-rate));
    }
}
