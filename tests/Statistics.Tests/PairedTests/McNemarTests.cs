using Platform.Statistics.PairedTests;

namespace Platform.Statistics.Tests.PairedTests;

public sealed class McNemarTests
{
    [Fact]
    public void P_values_and_bounds_are_those_of_SciPy()
    {
        Assert.All(PairedGolden.Cases("proportions"), expected =>
        {
            var (rows, first, second) = ((long)expected.Number("rows"), (long)expected.Number("first"), (long)expected.Number("second"));
            var found = McNemarScore.Compare(rows, first, second, expected.Number("margin"), expected.Number("confidence"));

            Assert.Equal(expected.Number("mid_p"), McNemar.MidP(first, second), 1e-10);
            Assert.Equal(expected.Number("pvalue"), found.PValue, 1e-5);
            Assert.Equal(expected.Number("lower"), found.LowerBound, 1e-5);
            Assert.Equal((first - second) / (double)rows, found.Difference, 1e-15);
        });
    }

    [Fact]
    public void Without_a_margin_the_score_is_McNemars()
    {
        var chiSquare = (30.0 - 18) * (30 - 18) / (30 + 18);

        Assert.Equal(Distributions.Tail.ChiSquare(chiSquare, 1) / 2, McNemarScore.Compare(400, 30, 18, 0, 0.95).PValue, 1e-12);
    }

    [Theory]
    [InlineData(0.05, 0.10)]
    [InlineData(0.02, 0.04)]
    public void A_model_that_is_worse_by_the_margin_passes_as_rarely_as_the_confidence_says(double margin, double onlyFirst)
    {
        const int Trials = 4_000;
        var random = new Random(7);
        var passed = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var (first, second) = (0, 0);
            for (var row = 0; row < 500; row++)
            {
                var drawn = random.NextDouble();
                if (drawn < onlyFirst) first++;
                else if (drawn < 2 * onlyFirst + margin) second++;
            }
            if (McNemarScore.Compare(500, first, second, margin, 0.95).IsShown(0.95)) passed++;
        }

        // Four standard errors of a share of 0.05 among so many.
        Assert.InRange(passed / (double)Trials, 0.05 - 0.0138, 0.05 + 0.0138);
    }

    [Fact]
    public void The_mid_p_value_of_equal_models_is_small_about_as_often_as_it_says()
    {
        const int Trials = 20_000;
        var random = new Random(11);
        var small = Enumerable.Range(0, Trials).Count(_ =>
        {
            var first = Enumerable.Range(0, 40).Count(_ => random.Next(2) == 0);
            return McNemar.MidP(first, 40 - first) < 0.05;
        });

        // Of so few rows no value lies at the level itself: the shares next to it are 0.038 and 0.081.
        Assert.InRange(small / (double)Trials, 0.033, 0.055);
    }

    [Fact]
    public void Models_that_are_always_right_together_need_rows_to_show_it()
    {
        Assert.False(McNemarScore.Compare(100, 0, 0, 0.02, 0.95).IsShown(0.95));
        Assert.True(McNemarScore.Compare(200, 0, 0, 0.02, 0.95).IsShown(0.95));
        Assert.False(McNemarScore.Compare(200, 0, 0, 0, 0.95).IsShown(0.95));
        Assert.Equal(1, McNemar.MidP(0, 0));
    }
}
