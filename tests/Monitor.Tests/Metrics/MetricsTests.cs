using Platform.Monitor.Fairness;
using Platform.Monitor.Performance;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Metrics;

public sealed class MetricsTests
{
    [Fact]
    public void Logits_of_several_classes_have_no_log_loss()
    {
        var measured = MulticlassMetrics.OfScores(["a", "b", "c"], [0, 1, 2], [[2.3, -1.2, 0.3], [-0.5, 1.5, 0.2], [0.1, 0.2, 3.5]]);

        Assert.Equal(double.NaN, measured["log_loss"]);
        Assert.Equal(3, measured["scores_out_of_range"]);
        Assert.Equal(1, measured["roc_auc_ovr_macro"]);
    }

    [Theory]
    [InlineData("binary_classification")]
    [InlineData("multiclass_classification")]
    [InlineData("regression")]
    public void Every_measure_of_a_window_is_listed_for_alert_rules(string task)
    {
        var isNumber = task == "regression";
        Prediction[] predictions = isNumber ? [Prediction.Of(1), Prediction.Of(2)] : [Prediction.Of("0", 0.2), Prediction.Of("1", 0.7)];
        var scheme = new LabelScheme(new() { Task = task, Classes = isNumber ? null : ["0", "1"] });

        var measured = TaskMetrics.Measure(scheme, new(predictions, ["0", "1"]))!;

        Assert.NotEmpty(measured.Values);
        Assert.Subset(new HashSet<string>(MetricSet.Names), new HashSet<string>(measured.Values.Keys));
    }

    // Precision of a class 1 that never occurs would be 0, and an alert on it false.
    [Fact]
    public void Of_two_numbers_that_are_not_0_and_1_nobody_knows_the_positive_one()
    {
        var scheme = new LabelScheme(new() { Task = "binary_classification" });

        var measured = TaskMetrics.Measure(scheme, new([Prediction.Of("5"), Prediction.Of("7")], ["5", "5"]))!;

        Assert.Equal(0.5, measured["accuracy"]);
        Assert.DoesNotContain("precision", measured.Values.Keys);
    }

    [Fact]
    public void Measures_of_class_scores_agree_with_scikit_learn()
    {
        var data = Golden.More.GetProperty("multiclass");
        var labels = data.GetProperty("labels").Numbers();
        var found = MulticlassMetrics.OfDecisions(data.GetProperty("labels").Texts(), data.GetProperty("predictions").Texts());
        found.Include(MulticlassMetrics.OfScores(["0", "1", "2"], Array.ConvertAll(labels, l => (int)l), data.GetProperty("scores").Rows()));

        foreach (var expected in data.GetProperty("expected").EnumerateObject())
            Agreement.Statistic(expected.Value.GetDouble(), found[expected.Name], expected.Name);
    }

    [Fact]
    public void Tied_scores_are_treated_as_scikit_learn_treats_them()
    {
        var data = Golden.More.GetProperty("tied_scores");
        var binary = BinaryMetrics.OfScoresAlone(data.GetProperty("labels").Flags(), data.GetProperty("scores").Numbers());
        var ranking = RankingMetrics.Measure(data.GetProperty("relevance").Rows(), data.GetProperty("ranks").Rows());

        foreach (var name in new[] { "roc_auc", "average_precision", "log_loss" })
            Agreement.Statistic(data.GetProperty(name).GetDouble(), binary[name], name);
        foreach (var name in new[] { "ndcg", "ndcg_at_5" })
            Agreement.Statistic(data.GetProperty(name).GetDouble(), ranking[name], name);
    }

    [Fact]
    public void One_class_alone_has_no_area_under_the_curve_but_still_an_accuracy()
    {
        var found = BinaryMetrics.OfScores([true, true], [0.9, 0.2], 0.5);

        Assert.True(double.IsNaN(found["roc_auc"]));
        Assert.Equal(0.5, found["accuracy"]);
    }

    [Fact]
    public void The_balanced_accuracy_of_one_class_alone_is_its_recall()
    {
        Assert.Equal(0.75, BinaryMetrics.OfDecisions([true, true, true, true], [true, true, true, false])["balanced_accuracy"]);
        Assert.Equal(0.25, BinaryMetrics.OfDecisions([false, false, false, false], [true, true, true, false])["balanced_accuracy"]);
        Assert.Equal(0.5, MulticlassMetrics.OfDecisions(["a", "a"], ["a", "b"])["balanced_accuracy"]);
    }

    [Fact]
    public void Two_groups_without_a_favourable_decision_violate_nothing_that_is_known()
    {
        var found = FairnessReport.Of(GroupFairness.Measure(["a", "a", "b"], [false, false, false], new bool?[3], "a", "b"), 0.01, 30);

        Assert.Null(found.DisparateImpact);
        Assert.Null(found.ViolatesFourFifths);
    }

    [Fact]
    public void A_privileged_group_without_a_favourable_decision_has_no_ratio()
    {
        var found = FairnessReport.Of(GroupFairness.Measure(["a", "a", "b"], [false, false, true], new bool?[3], "a", "b"), 0.01, 30);

        Assert.Null(found.DisparateImpact);
        Assert.Null(found.ViolatesFourFifths);
    }

    [Fact]
    public void Nothing_predicted_positive_is_a_precision_of_zero() =>
        Assert.Equal(0, BinaryMetrics.OfDecisions([true, false], [false, false])["precision"]);

    [Fact]
    public void No_rows_leave_every_measure_undefined()
    {
        Assert.True(double.IsNaN(BinaryMetrics.OfDecisions([], [])["accuracy"]));
        Assert.True(double.IsNaN(MulticlassMetrics.OfDecisions([], [])["accuracy"]));
        Assert.True(double.IsNaN(RegressionMetrics.Measure([], [])["mae"]));
        Assert.True(double.IsNaN(RankingMetrics.Measure([], [])["ndcg"]));
    }

    [Fact]
    public void Constant_labels_are_explained_fully_or_not_at_all()
    {
        Assert.Equal(1, RegressionMetrics.Measure([2, 2], [2, 2])["r2"]);
        Assert.Equal(0, RegressionMetrics.Measure([2, 2], [2, 3])["r2"]);
    }

    [Fact]
    public void Numbered_classes_are_ordered_as_numbers() =>
        Assert.Equal(["2", "9", "10"], MulticlassMetrics.OfDecisions(["10", "2"], ["9", "2"]).Confusion!.Classes);

    [Fact]
    public void A_group_that_never_occurs_leaves_the_comparison_undefined()
    {
        var found = GroupFairness.Measure(["a", "a"], [true, false], [null, null], "a", "b");

        Assert.True(double.IsNaN(found.DisparateImpact));
        Assert.True(double.IsNaN(found.PValue));
        Assert.Null(found.ViolatesFourFifths);
    }

    [Fact]
    public void A_few_rows_are_compared_exactly()
    {
        var found = GroupFairness.Measure(["a", "a", "a", "b", "b"], [true, true, true, false, false], new bool?[5], "a", "b");

        Assert.Equal("fisher_exact", found.PValueTest);
        Assert.Equal(0.1, found.PValue, 12);
    }
}
