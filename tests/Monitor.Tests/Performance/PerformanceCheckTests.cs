using Platform.Monitor.Alerts;
using Platform.Monitor.Baselines;
using Platform.Monitor.Performance;
using Platform.Monitor.Predictions;
using Platform.Monitor.Windows;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Performance;

public sealed class PerformanceCheckTests
{
    private static readonly LabelScheme Classes = new(new() { Task = "binary_classification", Classes = ["no", "yes"] });

    [Fact]
    public void Whether_a_version_is_worse_is_not_known_before_there_are_labels_enough()
    {
        Assert.Null(Run(20, 9, known: true).Degraded);
        Assert.True(Run(60, 40, known: true).Degraded);
        Assert.False(Run(96, 4, known: true).Degraded);
    }

    [Fact]
    public void Whether_a_version_is_worse_is_not_known_where_nobody_knows_how_good_it_was()
    {
        var report = Run(60, 40, known: false);

        Assert.Null(report.Degraded);
        Assert.DoesNotContain(Signals.Degraded, WindowSignals.Of(report, new()).Keys);
        Assert.Contains(Signals.Degraded, WindowSignals.Of(Run(96, 4, known: true), new()).Keys);
    }

    [Theory]
    [InlineData(55, 21)]
    [InlineData(155, 45)]
    [InlineData(189, 61)]
    public void The_accuracy_is_shown_to_its_last_digit(int right, int wrong)
    {
        var report = Run(right, wrong, known: true);

        Assert.Equal(right / (double)(right + wrong), report.Value);
        Assert.Equal(0.95, report.Baseline);
    }

    [Fact]
    public void A_recall_without_a_positive_row_is_no_signal()
    {
        var without = WindowSignals.Of(Run(0, 40, known: true), new());
        var with = WindowSignals.Of(Run(10, 40, known: true), new());

        Assert.DoesNotContain("performance.recall", without.Keys);
        Assert.DoesNotContain("performance.matthews", without.Keys);
        Assert.Equal(0, without["performance.precision"]);
        Assert.Equal(1, with["performance.recall"]);
    }

    [Fact]
    public void Of_no_answers_no_share_has_a_label()
    {
        var report = Run(0, 0, known: true);

        Assert.Null(report.LabelCoverage);
        Assert.Null(report.Value);
    }

    private static PerformanceReport Run(int right, int wrong, bool known) => PerformanceCheck.Run(
        new Baseline
        {
            Key = new("m", "1"),
            Description = new(),
            Inputs = [],
            Prediction = null,
            Labels = Classes,
            Features = [],
            PredictionFeatures = [],
            Calibration = ScoreCalibration.Of(Classes, new([], [])),
            Performance = known ? new("metadata", new Dictionary<string, double>(), Losses.Known(0.05)) : null,
        },
        new(
            [.. Enumerable.Repeat(Prediction.Of("yes"), right + wrong)],
            [.. Enumerable.Repeat("yes", right), .. Enumerable.Repeat("no", wrong)]),
        new());
}
