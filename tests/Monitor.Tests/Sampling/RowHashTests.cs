using Platform.Monitor.Sampling;

namespace Platform.Monitor.Tests.Sampling;

public sealed class RowHashTests
{
    [Fact]
    public void Ids_that_are_counted_up_are_spread_evenly_and_both_numbers_independently()
    {
        var hashes = Enumerable.Range(0, 10_000).Select(n => RowHash.Of("credit", $"p{n}")).ToArray();

        Assert.All(hashes, hash => Assert.True(hash.First is >= 0 and < 1 && hash.Second is >= 0 and < 1));
        // 400 expected of each of 25 cells, with a standard deviation of 20.
        Assert.All(hashes.CountBy(hash => ((int)(hash.First * 5), (int)(hash.Second * 5))), cell => Assert.InRange(cell.Value, 300, 500));
        Assert.NotEqual(RowHash.Of("a", "bc"), RowHash.Of("ab", "c"));
    }

    [Fact]
    public void They_are_the_same_in_every_process() => Assert.Equal((0.29945682222023606, 0.40000610053539276), RowHash.Of("credit", "p"));
}
