using System.Diagnostics;
using Platform.Cli.Loading;
using Platform.Cli.Settings;
using Platform.Load;

namespace Platform.Clients.Tests.Loading;

/// <summary>The parts of a load: when requests are due, what quantiles are, what an objective asks for, and the search.</summary>
public sealed class ScheduleTests
{
    private const double WidthOfABucket = 1.0 / 64;

    [Fact]
    public void Quantiles_are_those_of_sorted_data()
    {
        var random = new Random(1);
        var (histogram, other, ticks) = (new LatencyHistogram(), new LatencyHistogram(), new List<long>());
        for (var i = 0; i < 20_000; i++)
        {
            ticks.Add((long)Math.Exp(random.NextDouble() * 18) + 1); // microseconds to minutes
            (i % 2 == 0 ? histogram : other).Record(ticks[^1]);
        }

        histogram.Add(other);
        ticks.Sort();
        Assert.Equal(ticks.Count, histogram.Count);
        foreach (var quantile in new[] { 0.0001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1 })
        {
            var exact = ticks[(int)Math.Ceiling(quantile * ticks.Count) - 1] * 1_000_000.0 / Stopwatch.Frequency;
            Assert.InRange(histogram.Microseconds(quantile), exact * (1 - WidthOfABucket), exact * (1 + WidthOfABucket));
        }

        Assert.Equal(double.NaN, new LatencyHistogram().Microseconds(0.5));
    }

    [Fact]
    public void Arrivals_are_a_Poisson_process()
    {
        const int Expected = 40_000;
        var arrivals = new PoissonArrivals(started: 0, perSecond: 1_000, TimeSpan.FromSeconds(40), seed: 7);
        var due = new List<long>();
        while (arrivals.TryTake(long.MaxValue, out var at)) due.Add(at);
        Assert.True(arrivals.HaveEnded(0));
        Assert.InRange(due.Count, Expected - 5 * Math.Sqrt(Expected), Expected + 5 * Math.Sqrt(Expected));
        var gaps = due.Zip(due.Skip(1), (one, next) => (double)(next - one)).ToList();
        var (mean, variance) = (gaps.Average(), gaps.Average(gap => gap * gap) - gaps.Average() * gaps.Average());
        Assert.InRange(Math.Sqrt(variance) / mean, 0.97, 1.03); // of an exponential distribution they are the same
        Assert.InRange(gaps.Count(gap => gap > mean) / (double)gaps.Count, 0.36, 0.376); // 1/e
    }

    [Theory]
    [InlineData("p99=20ms", 0.99, 20)]
    [InlineData("p99.9=0.1s", 0.999, 100)]
    [InlineData("p50=250us", 0.5, 0.25)]
    public void An_objective_is_read(string text, double quantile, double milliseconds)
    {
        var objective = LatencyObjective.Parse(text);
        Assert.Equal((quantile, milliseconds), (Math.Round(objective.Quantile, 6), objective.Within.TotalMilliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("99=20ms")]
    [InlineData("p0=20ms")]
    [InlineData("p100=20ms")]
    [InlineData("p99=0ms")]
    [InlineData("p99=20")]
    [InlineData("p99=20ms\n")]
    public void What_is_no_objective_is_refused(string text) => Assert.Throws<UsageException>(() => LatencyObjective.Parse(text));

    [Theory]
    [InlineData(10)]
    [InlineData(923)] // more ticks of both clocks than a long has
    [InlineData(86_400)]
    public void A_step_ends_when_it_is_over(int seconds) =>
        Assert.Equal(5 + seconds * Stopwatch.Frequency, LoadGenerator.EndOf(5, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("p99=20ms", 0.1, 1_000)]
    [InlineData("p50=20ms", 100, 10)]
    [InlineData("p99.9999=20ms", 50, 20_000)]
    public void A_step_is_as_long_as_the_quantile_needs(string objective, double rate, double seconds)
    {
        var read = LatencyObjective.Parse(objective);
        read.CheckRate(rate);
        Assert.Equal(seconds, read.StepAt(rate, TimeSpan.FromSeconds(10)).TotalSeconds, 1);
    }

    [Fact]
    public async Task No_step_is_longer_than_a_day()
    {
        var objective = LatencyObjective.Parse("p99.9999=20ms");
        var refused = Assert.Throws<UsageException>(() => objective.CheckRate(0.1));
        Assert.Contains("at 0.1 a second p99.9999 needs a step of 10000000 s", refused.Message, StringComparison.Ordinal);

        var tried = new List<TimeSpan>();
        var found = await new RateSearch(50, 100, 0.05, objective.LowestRate).FindAsync(rate =>
        {
            tried.Add(objective.StepAt(rate, TimeSpan.Zero));
            return Task.FromResult(false);
        });
        Assert.Null(found);
        Assert.Equal(LatencyObjective.LongestStep.TotalSeconds, tried.Max().TotalSeconds, 1);
    }

    [Theory]
    [InlineData(99, 0, 1, true)] // the 99 of 100 that were answered were in time
    [InlineData(98, 0, 2, false)]
    [InlineData(98, 2, 0, false)]
    [InlineData(0, 0, 100, false)]
    [InlineData(0, 0, 0, false)]
    public void What_was_not_answered_took_for_ever(int answers, int failures, int unsent, bool holds)
    {
        var latencies = new LatencyHistogram();
        for (var i = 0; i < answers; i++) latencies.Record(Stopwatch.Frequency / 1000);
        var step = new LoadStep
        {
            Rate = 1, Duration = TimeSpan.FromSeconds(1), Arrivals = answers + failures + unsent, Errors = new Dictionary<string, long> { ["503"] = failures },
            Unsent = unsent, Waited = 0, Late = 0, Latencies = latencies,
        };
        Assert.Equal(holds, LatencyObjective.Parse("p99=2ms").HeldIn(step));
        Assert.False(LatencyObjective.Parse("p99=900us").HeldIn(step));
    }

    [Theory]
    [InlineData(50, 1_000, 1234, 1_000)] // as much as is tried
    [InlineData(50, 100_000, 730, 730)]
    [InlineData(50, 100_000, 50, 50)]
    [InlineData(50, 100_000, 3.7, 3.7)] // below the first
    [InlineData(0.1, 100_000, 0.15, 0.15)]
    public async Task A_search_comes_as_near_as_it_says(double from, double to, double capacity, double expected)
    {
        var tried = new List<double>();
        var found = await new RateSearch(from, to, 0.05).FindAsync(rate =>
        {
            tried.Add(rate);
            return Task.FromResult(rate <= capacity);
        });
        Assert.InRange(found!.Value, expected / 1.05, expected);
        Assert.Contains(found.Value, tried);
        Assert.InRange(tried.Count, 1, 30);
    }

    [Fact]
    public async Task A_search_may_find_nothing() =>
        Assert.Null(await new RateSearch(50, 100, 0.05).FindAsync(_ => Task.FromResult(false)));
}
