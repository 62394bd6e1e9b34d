using Platform.Explainer.Attribution;

namespace Platform.Explainer.Tests.Attribution;

public sealed class SeededRandomTests
{
    [Fact]
    public void The_sequence_of_a_seed_is_pinned()
    {
        // A change here changes every explanation that was ever given for a seed.
        Assert.Equal("3 6 1 5 0 9 2 8 4 7", string.Join(' ', new SeededRandom(1).Permutation(10)));
    }

    [Fact]
    public void Every_order_of_three_is_equally_likely()
    {
        var random = new SeededRandom(42);

        var counts = Enumerable.Range(0, 6000).GroupBy(_ => string.Join(' ', random.Permutation(3))).Select(group => group.Count()).ToList();

        Assert.Equal(6, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, 880, 1120)); // four standard deviations
    }

    [Fact]
    public void Numbers_stay_below_their_bound()
    {
        var random = new SeededRandom(-7);

        Assert.All(Enumerable.Range(1, 1000), bound => Assert.InRange(random.Next(bound), 0, bound - 1));
    }
}
