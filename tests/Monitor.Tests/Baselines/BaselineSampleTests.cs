using Platform.Monitor.Baselines;

namespace Platform.Monitor.Tests.Baselines;

public sealed class BaselineSampleTests
{
    [Fact]
    public async Task A_reference_that_repeats_itself_is_not_met_at_the_same_place_each_time()
    {
        var hours = Enumerable.Range(0, 9600).Select(row => row % 24);

        var sample = await BaselineBuilder.Sampled(hours.ToAsyncEnumerable(), step: 4).ToListAsync();

        Assert.Equal(2400, sample.Count);
        Assert.All(Enumerable.Range(0, 24), hour => Assert.InRange(sample.Count(value => value == hour), 60, 140));
    }

    [Fact]
    public async Task A_sorted_reference_is_covered_from_end_to_end_and_always_alike()
    {
        var rows = Enumerable.Range(0, 1000).ToArray();

        var sample = await BaselineBuilder.Sampled(rows.ToAsyncEnumerable(), step: 10).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 100), sample.Select(row => row / 10));
        Assert.Equal(sample, await BaselineBuilder.Sampled(rows.ToAsyncEnumerable(), step: 10).ToListAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_small_reference_is_kept_whole(int step) =>
        Assert.Equal([1, 2, 3], await BaselineBuilder.Sampled(new[] { 1, 2, 3 }.ToAsyncEnumerable(), step).ToListAsync());
}
