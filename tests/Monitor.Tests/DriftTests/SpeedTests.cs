using System.Diagnostics;
using Platform.Statistics.DriftTests;

namespace Platform.Monitor.Tests.DriftTests;

public sealed class SpeedTests
{
    // A million rows against a million take about a second for all tests together. Machines differ and are busy, so what is held
    // is the growth: ten times the rows take about twelve times as long by n·log n, and a hundred times by a quadratic test.
    [Fact]
    public void Ten_times_the_rows_take_little_more_than_ten_times_as_long()
    {
        var (few, many) = (double.MaxValue, double.MaxValue);
        for (var trial = 0; trial < 3 || (trial < 12 && many > 40 * few); trial++) // other work only makes a trial slower
        {
            few = Math.Min(few, Milliseconds(30_000));
            many = Math.Min(many, Milliseconds(300_000));
        }

        Assert.InRange(many / few, 0, 40);
    }

    private static double Milliseconds(int rows)
    {
        var random = new Random(3);
        var reference = Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray();
        var current = Enumerable.Range(0, rows).Select(_ => random.NextDouble() * 1.01).ToArray();

        var clock = Stopwatch.StartNew();
        var pair = FeaturePairs.Numerical(reference, current);
        foreach (var test in TestCatalogue.Ids.Select(TestCatalogue.Get).Where(test => test.AppliesTo(pair)))
            test.Run(pair);
        return clock.Elapsed.TotalMilliseconds;
    }
}
