using System.Diagnostics;
using Platform.Monitor.DriftTests;

namespace Platform.Monitor.Tests.DriftTests;

public sealed class SpeedTests
{
    [Fact]
    public void A_million_rows_against_a_million_are_sorted_once_and_put_through_every_test_within_seconds()
    {
        var random = new Random(3);
        var reference = Enumerable.Range(0, 1_000_000).Select(_ => random.NextDouble()).ToArray();
        var current = Enumerable.Range(0, 1_000_000).Select(_ => random.NextDouble() * 1.01).ToArray();

        var clock = Stopwatch.StartNew();
        var pair = FeaturePairs.Numerical(reference, current);
        foreach (var test in TestCatalogue.Ids.Select(TestCatalogue.Get).Where(test => test.AppliesTo(pair)))
            test.Run(pair);

        // About a second; the bound leaves room for a busy machine, not for a quadratic test.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }
}
