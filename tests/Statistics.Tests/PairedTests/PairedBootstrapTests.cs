using Platform.Statistics.PairedTests;

namespace Platform.Statistics.Tests.PairedTests;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Bounds_are_those_of_SciPy_but_for_the_draw()
    {
        Assert.All(PairedGolden.Cases("means"), expected =>
        {
            var (first, second) = (expected.Numbers("first"), expected.Numbers("second"));
            var found = PairedBootstrap.Compare(first.Length, rows => rows.Average(row => second[row] - first[row]), 0, expected.Number("confidence"), samples: 4_000);

            Assert.Equal(expected.Number("difference"), found.Difference, 1e-12);
            // The 5 % point of 4,000 draws of a nearly normal variable has a standard error of 0.033 of its deviation.
            Assert.Equal(expected.Number("lower"), found.LowerBound, 0.15 * expected.Number("error"));
        });
    }

    [Fact]
    public void The_same_seed_draws_the_same_samples()
    {
        double[] better = [0.3, -0.2, 0.5, 0.1, -0.4, 0.2, 0.6, -0.1];

        PairedComparison Compare(int seed) => PairedBootstrap.Compare(better.Length, rows => rows.Average(row => better[row]), 0.1, 0.9, seed: seed);

        Assert.Equal(Compare(1), Compare(1));
        Assert.NotEqual(Compare(1).PValue, Compare(2).PValue);
    }

    [Fact]
    public void Samples_that_leave_the_measure_undefined_are_left_out_and_none_defined_shows_nothing()
    {
        var some = PairedBootstrap.Compare(4, rows => rows.Contains(0) ? 1 : double.NaN, 0, 0.95);
        var none = PairedBootstrap.Compare(4, _ => double.NaN, 0, 0.95);

        Assert.Equal(1, some.LowerBound);
        Assert.True(double.IsNaN(none.PValue));
        Assert.False(none.IsShown(0.95));
    }

    [Fact]
    public void A_model_that_is_worse_by_the_margin_passes_about_as_rarely_as_the_confidence_says()
    {
        const int Trials = 400;
        var random = new Random(13);
        var passed = Enumerable.Range(0, Trials).Count(trial =>
        {
            double[] better = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() + random.NextDouble() - 1 - 0.1)];
            return PairedBootstrap.Compare(better.Length, rows => rows.Average(row => better[row]), 0.1, 0.95, samples: 400, seed: trial).IsShown(0.95);
        });

        // Four standard errors of a share of 0.05, and half of that again for the percentile interval of sixty rows, which is a little short.
        Assert.InRange(passed / (double)Trials, 0.05 - 0.044, 0.05 + 0.066);
    }
}
