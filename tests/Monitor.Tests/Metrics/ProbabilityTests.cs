using Platform.Statistics.Metrics;

namespace Platform.Monitor.Tests.Metrics;

/// <summary>Scores that are probabilities but for rounding, and those that are not.</summary>
public sealed class ProbabilityTests
{
    private static readonly bool[] Labels = [true, false, true, false];

    // Twenty trees that agree, added up in single precision.
    private static readonly double Certain = Enumerable.Repeat(1f / 20, 20).Aggregate(0f, (sum, tree) => sum + tree);

    [Fact]
    public void A_forest_that_is_certain_says_a_little_more_than_one() => Assert.InRange(Certain, 1.0000001, 1.000001);

    // log_loss and brier_score_loss of scikit-learn 1.2 with 1 in the place of the first score.
    [Fact]
    public void A_score_just_above_one_is_a_certain_one()
    {
        var found = BinaryMetrics.OfScores(Labels, [Certain, 0.2, 0.7, 1 - Certain], 0.5);

        Assert.Equal(0.14495462381323565, found["log_loss"], 12);
        Assert.Equal(0.0325, found["brier"], 12);
        Assert.Equal((1 + 0.8 + 0.7 + 1) / 4, found["cbpe_expected_accuracy"], 12);
        Assert.Equal(0, found["scores_out_of_range"]);
    }

    [Fact]
    public void A_certain_score_that_is_wrong_costs_what_it_does_in_scikit_learn()
    {
        // log_loss([1, 0], [[1, 0], [0.5, 0.5]]) of scikit-learn 1.2
        Assert.Equal(18.36840028483855, BinaryMetrics.OfScoresAlone([true, false], [1 - Certain, 0.5])["log_loss"], 9);
    }

    [Fact]
    public void Rows_with_a_score_beyond_rounding_are_left_out_and_counted()
    {
        var found = BinaryMetrics.OfScores([true, false, true, false, true], [Certain, 0.2, 0.7, 1 - Certain, 1.2], 0.5);

        Assert.Equal(1, found["scores_out_of_range"]);
        Assert.Equal(0.14495462381323565, found["log_loss"], 12);
        Assert.Equal(0.0325, found["brier"], 12);
        Assert.Equal((1 + 0.8 + 0.7 + 1) / 4, found["cbpe_expected_accuracy"], 12);
    }

    [Fact]
    public void Scores_of_which_most_are_beyond_rounding_are_no_probabilities()
    {
        var found = BinaryMetrics.OfScores(Labels, [0.9, -0.01, 1.2, -3], 0.5);

        Assert.Equal(3, found["scores_out_of_range"]);
        Assert.True(double.IsNaN(found["log_loss"]));
        Assert.True(double.IsNaN(found["brier"]));
        Assert.True(double.IsNaN(found["cbpe_expected_accuracy"]));
        Assert.Equal(1, found["roc_auc"]);
    }

    // log_loss of scikit-learn 1.2: first made uncertain, then divided by the sum. In the other order the second would be 36.0437.
    [Theory]
    [InlineData(new[] { 0.0, 0.0, 0.0 }, 1.0986122886681098)]
    [InlineData(new[] { 0.0, 0.5, 0.0 }, 35.35050620855721)]
    [InlineData(new[] { 0.25, 0.5, 0.25 }, 1.3862943611198906)]
    [InlineData(new[] { 1.0000001, 0.0, -0.0000001 }, 4.440892098500627e-16)]
    public void Scores_of_several_classes_are_made_uncertain_before_they_are_divided_by_their_sum(double[] scores, double loss)
    {
        var found = MulticlassMetrics.OfScores(["a", "b", "c"], [0], [scores]);

        Assert.Equal(loss, found["log_loss"], 12);
        Assert.Equal(0, found["scores_out_of_range"]);
    }

    [Fact]
    public void Rows_of_several_classes_beyond_rounding_are_left_out_and_counted()
    {
        var found = MulticlassMetrics.OfScores(["a", "b"], [0, 1, 1], [[0.5, 0.5], [1.5, -0.5], [0.2, 0.8]]);

        Assert.Equal(1, found["scores_out_of_range"]);
        Assert.Equal(-(Math.Log(0.5) + Math.Log(0.8)) / 2, found["log_loss"], 12);
    }
}
