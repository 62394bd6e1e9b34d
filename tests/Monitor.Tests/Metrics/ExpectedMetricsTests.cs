using Platform.Statistics.Metrics;

namespace Platform.Monitor.Tests.Metrics;

public sealed class ExpectedMetricsTests
{
    // Rounded, so that some scores are tied.
    private static readonly double[] Scores = [.. Uniform(new(11), 400).Select(number => Math.Round(number, 2))];
    private static readonly double[] Chances = [.. Scores.Select(score => 0.1 + 0.8 * score * score)];
    private static readonly bool[] Decisions = Array.ConvertAll(Scores, score => score >= 0.5);

    [Fact]
    public void Of_calibrated_scores_the_accuracy_is_that_of_the_golden_file()
    {
        var data = Golden.Statistics.GetProperty("binary_classification");
        var right = data.GetProperty("scores").Numbers().Select(score => score >= 0.5 ? score : 1 - score).ToArray();

        Agreement.Statistic(
            data.GetProperty("expected").GetProperty("cbpe_expected_accuracy").GetDouble(), ExpectedMetrics.Accuracy(right).Value, "accuracy");
    }

    [Fact]
    public void Of_outcomes_that_are_certain_they_are_the_measures_themselves()
    {
        var labels = Drawn(new(12));
        var certain = Array.ConvertAll(labels, label => label ? 1.0 : 0.0);
        var realised = BinaryMetrics.OfScores(labels, Scores, Decisions);

        Assert.Equal((realised["f1"], 0.0), Rounded(ExpectedMetrics.F1(certain, Decisions), realised["f1"]));
        Assert.Equal((realised["roc_auc"], 0.0), Rounded(ExpectedMetrics.RocAuc(certain, Scores), realised["roc_auc"]));
    }

    [Fact]
    public void The_area_is_that_of_all_pairs()
    {
        var (pairs, ordered) = (0.0, 0.0);
        for (var one = 0; one < Scores.Length; one++)
        {
            for (var other = 0; other < Scores.Length; other++)
            {
                var weight = one == other ? 0 : Chances[one] * (1 - Chances[other]);
                pairs += weight;
                ordered += weight * (Scores[one] > Scores[other] ? 1 : Scores[one] == Scores[other] ? 0.5 : 0);
            }
        }

        Assert.Equal(ordered / pairs, ExpectedMetrics.RocAuc(Chances, Scores).Value, 12);
    }

    [Fact]
    public void Drawn_outcomes_have_the_mean_and_the_spread_that_are_expected()
    {
        var right = Chances.Select((chance, row) => Decisions[row] ? chance : 1 - chance).ToArray();
        var random = new Random(13);
        var drawn = Enumerable.Range(0, 2_000).Select(_ => BinaryMetrics.OfScores(Drawn(random), Scores, Decisions)).ToArray();

        Agrees(ExpectedMetrics.Accuracy(right), drawn, "accuracy");
        Agrees(ExpectedMetrics.F1(Chances, Decisions), drawn, "f1");
        Agrees(ExpectedMetrics.RocAuc(Chances, Scores), drawn, "roc_auc");
    }

    [Fact]
    public void Without_what_they_measure_they_are_undefined()
    {
        Assert.True(double.IsNaN(ExpectedMetrics.Accuracy([]).Value));
        Assert.True(double.IsNaN(ExpectedMetrics.F1([0, 0], [false, false]).Value));
        Assert.True(double.IsNaN(ExpectedMetrics.RocAuc([1, 1], [0.2, 0.4]).Value));
    }

    private static IEnumerable<double> Uniform(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.NextDouble());

    private static bool[] Drawn(Random random) => Array.ConvertAll(Chances, chance => random.NextDouble() < chance);

    private static (double Value, double Variance) Rounded((double Value, double Variance) found, double expected) =>
        (Math.Abs(found.Value - expected) < 1e-12 ? expected : found.Value, Math.Round(found.Variance, 12));

    private static void Agrees((double Value, double Variance) expected, MetricSet[] drawn, string measure)
    {
        var values = Array.ConvertAll(drawn, metrics => metrics[measure]);
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(expected.Value, mean, 0.1 * deviation);
        Assert.InRange(deviation / Math.Sqrt(expected.Variance), 0.93, 1.07);
    }
}
