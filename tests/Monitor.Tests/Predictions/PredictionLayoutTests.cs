using Platform.Contracts.Registry;
using Platform.Monitor.Features;
using Platform.Monitor.Predictions;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Predictions;

public sealed class PredictionLayoutTests
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    [Theory]
    [InlineData("binary_classification", new[] { "no", "yes" }, new long[] { -1, 2 }, new[] { 0.3, 0.7 }, "yes", 0.7)]
    [InlineData("binary_classification", new[] { "no", "yes" }, new long[] { -1 }, new[] { 0.4 }, "no", 0.4)]
    [InlineData("multiclass_classification", new[] { "red", "green", "blue" }, new long[] { -1, 3 }, new[] { 0.1, 0.2, 0.7 }, "blue", 0.7)]
    [InlineData("multiclass_classification", new[] { "red", "green", "blue" }, new long[] { -1 }, new[] { 1.0 }, "green", double.NaN)]
    [InlineData(null, new[] { "no", "yes" }, new long[] { -1, 2 }, new[] { 0.8, 0.2 }, "no", 0.2)]
    public void A_row_of_scores_is_a_decision(string? task, string[] classes, long[] shape, double[] row, string decided, double score)
    {
        var found = Read(new() { Task = task, Classes = classes }, "FP32", shape, TensorRows.OfNumbers(row, 1, row.Length));

        Assert.Equal(decided, found.Class);
        Assert.Equal(score, found.Score);
    }

    [Fact]
    public void The_positive_class_need_not_be_the_last()
    {
        var metadata = new VersionMetadata { Task = "binary_classification", Classes = ["bad", "good"], PositiveClass = "bad", Threshold = 0.2 };

        var found = Read(metadata, "FP32", [-1, 2], TensorRows.OfNumbers([0.3, 0.7], 1, 2));

        Assert.Equal("bad", found.Class);
        Assert.Equal(0.3, found.Score);
    }

    [Fact]
    public void A_text_output_names_the_class() => Assert.Equal(
        "green", Read(new() { Task = "multiclass_classification", Classes = Colours }, "BYTES", [-1], TensorRows.OfTexts(["green"], 1, 1)).Class);

    [Theory]
    [InlineData("BOOL", new[] { "bad", "good" }, "bad", "bad")]
    [InlineData("BOOL", new[] { "false", "true" }, null, "true")]
    [InlineData("BOOL", new[] { "0.0", "1.0" }, null, "1.0")]
    [InlineData("FP32", new[] { "0.0", "1.0" }, null, "1.0")]
    [InlineData("UINT8", new[] { "bad", "good" }, "bad", "good")]
    public void An_output_that_is_the_label_itself_is_read_as_a_label_is(string datatype, string[] classes, string? positive, string decided)
    {
        var metadata = new VersionMetadata { Task = "binary_classification", Classes = classes, PositiveClass = positive };
        var version = Version(metadata, datatype, [-1]);
        var layout = new ClassPrediction("y", datatype, new(metadata, version.Signature.Outputs[0]));

        Assert.Equal(decided, layout.Read(TensorRows.OfNumbers([1], 1, 1), 0, FeatureValues.For(layout.Features)).Class);
    }

    [Fact]
    public void Classes_that_differ_beyond_2_to_the_53_are_different_classes()
    {
        var metadata = new VersionMetadata { Task = "multiclass_classification", Classes = ["9007199254740992", "9007199254740993", "18446744073709551615"] };
        var found = new[] { 9007199254740993UL, ulong.MaxValue }
            .Select(number => Read(metadata, "UINT64", [-1], TensorRows.OfWholes([number], 1, 1)).Class);

        Assert.Equal(["9007199254740993", "18446744073709551615"], found);
    }

    [Fact]
    public void A_regression_predicts_a_number() =>
        Assert.Equal(3.5, Read(new() { Task = "regression" }, "FP32", [-1, 1], TensorRows.OfNumbers([3.5], 1, 1)).Value);

    [Theory]
    [InlineData("regression", new string[0])]
    [InlineData("multiclass_classification", new[] { "red", "green", "blue" })]
    public void Of_a_sampled_output_only_the_rows_count_whose_first_column_is_known(string task, string[] classes)
    {
        var version = Version(new() { Task = task, Classes = classes.Length > 0 ? classes : null }, "INT64", [-1]);
        var layout = PredictionLayouts.For(version, new(version.Metadata))!;
        var values = FeatureValues.For(layout.Features);
        var sampled = TensorRows.OfNumbers([0, 1, 2], stride: 3, rowSize: 2); // columns 0 of the rows 0 and 3, column 1 of the row 1

        var read = Enumerable.Range(0, 4).Select(row => layout.Read(sampled, row, values)).ToArray();

        Assert.Equal([false, true, true, false], read.Select(prediction => prediction == Prediction.None));
        Assert.Equal(2, values[0].Count);
    }

    [Fact]
    public void A_score_that_is_no_number_decides_nothing() => Assert.Null(
        Read(new() { Task = "multiclass_classification", Classes = Colours }, "FP32", [-1, 3], TensorRows.OfNumbers([0.1, double.NaN, 0.5], 1, 3)).Class);

    [Fact]
    public void An_output_without_meaning_is_watched_like_an_input()
    {
        var version = Version(new(), "FP32", [-1, 2]);
        var layout = PredictionLayouts.For(version, new(version.Metadata))!;

        Assert.Equal(["y[0]", "y[1]"], layout.Features.Select(feature => feature.Name));
    }

    [Theory]
    [InlineData("red", "red")]
    [InlineData("2", "blue")]
    [InlineData("3", null)]
    [InlineData("mauve", null)]
    public void A_label_is_a_class_by_name_or_by_number(string label, string? meant) =>
        Assert.Equal(meant, new LabelScheme(new() { Task = "multiclass_classification", Classes = Colours }).Resolve(label));

    [Theory]
    [InlineData("3.25", "3.25")]
    [InlineData("much", null)]
    public void A_label_of_a_regression_is_a_number(string label, string? meant) =>
        Assert.Equal(meant, new LabelScheme(new() { Task = "regression" }).Resolve(label));

    private static Prediction Read(VersionMetadata metadata, string datatype, long[] shape, TensorRows row)
    {
        var version = Version(metadata, datatype, shape);
        var layout = PredictionLayouts.For(version, new(version.Metadata))!;
        return layout.Read(row, row: 0, FeatureValues.For(layout.Features));
    }

    private static ModelVersionDescription Version(VersionMetadata metadata, string datatype, long[] shape) => new()
    {
        Metadata = metadata,
        Signature = new() { Outputs = [new() { Name = "y", Datatype = datatype, Shape = shape }] },
    };
}
