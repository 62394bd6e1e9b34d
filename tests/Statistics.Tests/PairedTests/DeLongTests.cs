using Platform.Statistics.PairedTests;

namespace Platform.Statistics.Tests.PairedTests;

public sealed class DeLongTests
{
    [Fact]
    public void Differences_bounds_and_p_values_are_those_of_all_pairs_of_rows()
    {
        Assert.All(PairedGolden.Cases("areas"), expected =>
        {
            var found = DeLong.Compare(expected.Flags("labels"), expected.Numbers("first"), expected.Numbers("second"),
                expected.Number("margin"), expected.Number("confidence"));

            Assert.Equal(expected.Number("difference"), found.Difference, 1e-12);
            Assert.Equal(expected.Number("pvalue"), found.PValue, 1e-9);
            Assert.Equal(expected.Number("lower"), found.LowerBound, 1e-9);
        });
    }

    [Fact]
    public void The_same_scores_differ_by_nothing_and_one_class_alone_tells_nothing()
    {
        double[] scores = [0.1, 0.4, 0.35, 0.8, 0.7];
        var same = DeLong.Compare([false, true, false, true, true], scores, scores, 0.02, 0.95);
        var alone = DeLong.Compare([true, true, true, true, true], scores, scores, 0.02, 0.95);

        Assert.Equal((0.0, true), (same.Difference, same.IsShown(0.95)));
        Assert.True(double.IsNaN(alone.Difference));
        Assert.False(alone.IsShown(0.95));
    }
}
