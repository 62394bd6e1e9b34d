using Platform.Contracts.Registry;
using Platform.Monitor.Performance;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Predictions;

public sealed class LabelSchemeTests
{
    private static readonly VersionMetadata Numbered = new() { Task = "multiclass_classification", Classes = ["1", "2", "3"] };

    [Theory]
    [InlineData("1", "1")]
    [InlineData("3", "3")]
    [InlineData("0", null)]
    [InlineData("4", null)]
    public void A_label_of_classes_with_numbers_for_names_is_a_name_and_no_place(string label, string? meant) =>
        Assert.Equal(meant, new LabelScheme(Numbered).Resolve(label));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("3", "3")]
    [InlineData("0", "0")]
    public void So_is_an_output_of_class_numbers(string number, string meant) => Assert.Equal(meant, new LabelScheme(Numbered).ClassOf(number));

    [Theory]
    [InlineData(null, "binary_classification")]
    [InlineData(null, "multiclass_classification")]
    [InlineData("0,1", "binary_classification")]
    [InlineData("0.0,1.0", "binary_classification")]
    [InlineData("0.0,1.0", "multiclass_classification")]
    [InlineData("False,True", "binary_classification")]
    [InlineData("no,yes", "binary_classification")]
    public void A_label_in_any_notation_is_the_answer_in_any_notation(string? classes, string task)
    {
        var labels = new LabelScheme(new() { Task = task, Classes = classes?.Split(',') });

        foreach (var one in new[] { "1", "1.0", "1e0", "true", "True" })
        {
            Assert.Equal(labels.ClassOf("1"), labels.Resolve(one));
            Assert.Equal(labels.ClassOf(one), labels.Resolve("1.0"));
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void True_and_false_are_classes_where_they_are_named_so(string label) =>
        Assert.Equal(label, new LabelScheme(new() { Task = "binary_classification", Classes = ["true", "false"] }).Resolve(label));

    [Theory]
    [InlineData("binary_classification", 2, "1", "1")]
    [InlineData("binary_classification", 1, "true", "1")]
    [InlineData("binary_classification", 1, "bad", null)]
    [InlineData("multiclass_classification", 3, "2", "2")]
    [InlineData("multiclass_classification", 3, "3", null)]
    [InlineData("multiclass_classification", 3, "virginica", null)]
    public void Scores_without_names_have_the_classes_0_1_and_so_on(string task, int width, string label, string? meant)
    {
        var output = new TensorSignature { Name = "y", Datatype = "FP32", Shape = [-1, width] };

        Assert.Equal(meant, new LabelScheme(new() { Task = task }, output).Resolve(label));
    }

    [Fact]
    public void Two_classes_of_which_nobody_has_named_the_positive_one_are_measured_as_classes()
    {
        var labels = new LabelScheme(new() { Task = "binary_classification" });
        Prediction[] predictions = [Prediction.Of("yes"), Prediction.Of("yes"), Prediction.Of("no"), Prediction.Of("no")];

        var measured = TaskMetrics.Measure(labels, new(predictions, ["yes", "no", "no", "no"]))!;

        Assert.Equal(0.75, measured["accuracy"]);
        Assert.Equal(["no", "yes"], measured.Confusion!.Classes);
    }

    [Fact]
    public void Of_two_classes_that_are_numbers_1_is_the_positive_one()
    {
        var labels = new LabelScheme(new() { Task = "binary_classification" });
        Prediction[] predictions = [Prediction.Of("1"), Prediction.Of("1"), Prediction.Of("-1"), Prediction.Of("-1")];

        Assert.Equal(0.5, TaskMetrics.Measure(labels, new(predictions, ["1", "-1", "-1", "-1"]))!["precision"]);
    }
}
