using Platform.Monitor.Performance;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Performance;

public sealed class LossesTests
{
    private static readonly LabelScheme Classes = new(new() { Task = "binary_classification", Classes = ["no", "yes"] });
    private static readonly LabelScheme Numbers = new(new() { Task = "regression" });

    [Fact]
    public void The_mean_loss_is_one_minus_the_accuracy_or_the_mean_absolute_error()
    {
        Assert.Equal(0.25, Of(3, 1).Mean, 12);
        Assert.Equal(1.5, Losses.Of(Numbers, new([Prediction.Of(1.0), Prediction.Of(4.0)], ["2", "2"])).Mean, 12);
    }

    [Fact]
    public void A_row_without_label_or_prediction_does_not_count() =>
        Assert.Equal(1, Losses.Of(Classes, new([Prediction.Of("yes"), Prediction.None, Prediction.Of("no")], ["yes", "yes", null])).Count);

    [Fact]
    public void Worse_by_chance_is_likely_and_worse_by_much_is_not()
    {
        Assert.InRange(Of(80, 20).PValueAbove(Of(82, 18)), 0.3, 0.4);
        Assert.InRange(Of(60, 40).PValueAbove(Of(160, 40)), 0, 0.001);
        Assert.InRange(Of(90, 10).PValueAbove(Of(160, 40)), 0.95, 1);
        Assert.InRange(Of(60, 40).PValueAbove(Losses.Known(0.2)), 0, 0.001);
    }

    [Fact]
    public void Without_spread_any_difference_is_certain_and_one_row_says_nothing()
    {
        Assert.Equal(0, Of(0, 10).PValueAbove(Of(10, 0)));
        Assert.Equal(1, Of(10, 0).PValueAbove(Of(10, 0)));
        Assert.True(double.IsNaN(Of(1, 0).PValueAbove(Of(10, 0))));
    }

    private static Losses Of(int right, int wrong) => Losses.Of(Classes, new(
        [.. Enumerable.Repeat(Prediction.Of("yes"), right + wrong)],
        [.. Enumerable.Repeat("yes", right), .. Enumerable.Repeat("no", wrong)]));
}
