using System.Globalization;
using Platform.Contracts.Registry;
using Platform.Explainer.Importance;
using Platform.Explainer.References;
using Platform.Explainer.Tests.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Importance;

public sealed class PermutationImportanceTests
{
    private static readonly VersionMetadata Regression = new() { Task = "regression" };
    private static readonly VersionMetadata TwoClasses = new() { Classes = ["no", "yes"], Task = "multiclass_classification" };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_feature_that_the_model_ignores_has_exactly_zero_without_error(int seed)
    {
        var rows = Explain.Rows(40, 4, seed);

        foreach (var labels in new[] { null, Labels(rows, Product) })
        {
            var measured = Measure(Tables.Of(4, Product, rows, labels, Regression));

            Assert.Equal(0, measured.Values[3]);
            Assert.Equal(0, measured.StandardErrors[3]);
            Assert.True(measured.Values[0] > 0);
        }
    }

    [Fact]
    public void Features_that_are_alike_have_the_same_importance()
    {
        var rows = Explain.Rows(30, 3, seed: 4).Select(row => new[] { row[0], row[0], row[2] }).ToArray();

        var measured = Measure(Tables.Of(3, row => Math.Max(row[0], row[1]) + (row[0] * row[1] * row[2]), rows));

        Assert.Equal(measured.Values[0], measured.Values[1]);
        Assert.Equal(measured.StandardErrors[0], measured.StandardErrors[1]);
    }

    /// <summary>e_switch − e_orig over all pairs of different rows, by definition (Fisher, Rudin and Dominici 2019).</summary>
    [Fact]
    public void It_estimates_model_reliance_without_bias()
    {
        var rows = Explain.Rows(12, 3, seed: 5);
        var labels = Labels(rows, row => (2 * row[0]) - row[1]);
        double Function(double[] row) => (1.5 * row[0]) - (row[1] * row[2]);

        var measured = Measure(Tables.Of(3, Function, rows, labels, Regression), repeats: 4_000);

        for (var feature = 0; feature < 3; feature++)
            Assert.Equal(Reliance(Function, rows, labels, feature), measured.Values[feature], 0.03 * (0.1 + Math.Abs(measured.Values[0])));
        Assert.Equal("mean_absolute_error", measured.Measure);
        Assert.Equal(rows.Select((row, at) => Math.Abs(Function(row) - Number(labels[at]))).Average(), measured.Groups.Single().Baseline!.Value, 12);
    }

    [Fact]
    public void Labels_are_of_the_output_that_the_metadata_names()
    {
        double[][] rows = [.. Enumerable.Range(0, 10).Select(at => new double[] { at, 1 })];
        static double Sum(double[] row) => row[0] + row[1];
        var labels = Labels(rows, Sum);

        Assert.Equal("mean_absolute_error", Measure(Tables.Of(2, Sum, rows, labels, Regression with { Output = "y" })).Measure);
        Assert.Equal("output_change", Measure(Tables.Of(2, Sum, rows, labels, Regression with { Output = "another" })).Measure);
    }

    [Fact]
    public void Rows_that_are_too_wide_together_are_refused_before_the_model_is_asked()
    {
        var model = new FunctionModel(1, [.. Enumerable.Repeat<Func<double[], double>>(_ => throw new InvalidOperationException("It is not to be asked."), 1_001)]);
        var rows = Enumerable.Range(0, 2_000).Select(at => new double[] { at }).ToArray();

        var refused = new PermutationImportance().Measure(Tables.Of(model, rows), new ImportanceSettings(PerLabel: false, Repeats: 1, Seed: 1, Budget: null), default);

        Assert.Equal("explainer.answer_too_large", refused.Error?.Code);
    }

    [Fact]
    public void Of_classes_it_is_the_accuracy_that_is_lost_and_of_each_label_its_recall()
    {
        // The first feature decides, and the labels are what it decides; three of four rows are "yes".
        double[][] rows = [.. Enumerable.Range(0, 40).Select(at => new[] { at % 4 == 0 ? -1.0 : 1.0, at })];
        string?[] labels = [.. rows.Select(row => row[0] > 0 ? "yes" : "no")];
        var model = new FunctionModel(2, row => row[0] > 0 ? 0 : 1, row => row[0] > 0 ? 1 : 0);

        var overall = Measure(Tables.Of(model, rows, labels, TwoClasses), repeats: 400);
        var perLabel = Measure(Tables.Of(model, rows, labels, TwoClasses), repeats: 400, perLabel: true);

        Assert.Equal(("accuracy", 1.0, 40), (overall.Measure, overall.Groups.Single().Baseline!.Value, overall.Groups.Single().Rows));
        Assert.Equal([("no", 10), ("yes", 30)], perLabel.Groups.Select(group => (group.Label, group.Rows)));
        // Another row than its own gives the value: 30 of the 39 others are wrong for a "no", and 10 of 39 for a "yes".
        Assert.Equal(30.0 / 39, perLabel.Values[0], 0.03);
        Assert.Equal(10.0 / 39, perLabel.Values[1], 0.03);
        Assert.Equal(((10 * 30.0) + (30 * 10)) / 39 / 40, overall.Values[0], 0.03);
        Assert.Equal([0, 0], perLabel.Values[2..]);
    }

    [Fact]
    public void Without_labels_it_is_how_far_the_output_moves()
    {
        double[][] rows = [[0, 5], [1, 6]];

        var measured = Measure(Tables.Of(new FunctionModel(2, row => row[0], row => 3 * row[0]), rows), perLabel: true);
        var overall = Measure(Tables.Of(new FunctionModel(2, row => row[0], row => 3 * row[0]), rows));

        Assert.Equal("output_change", measured.Measure);
        Assert.Equal([1, 3, 0, 0], measured.Values);
        Assert.Equal([2, 0], overall.Values);
        Assert.Null(overall.Groups.Single().Baseline);
    }

    [Fact]
    public void Labels_that_are_no_classes_of_the_model_are_not_compared_with_it()
    {
        var rows = Explain.Rows(10, 2, seed: 6);
        string?[] labels = [.. rows.Select((_, at) => at < 5 ? "yes" : "perhaps")];

        var measured = Measure(Tables.Of(new FunctionModel(2, row => 1 - row[0], row => row[0]), rows, labels, TwoClasses));

        Assert.Equal(5, measured.Groups.Single().Rows);
    }

    [Fact]
    public void The_standard_error_is_of_the_size_of_the_spread_between_samples_of_rows()
    {
        static double Function(double[] row) => (row[0] * row[0]) + row[1];
        var samples = Enumerable.Range(0, 200).Select(seed => Measure(Tables.Of(2, Function, Explain.Rows(50, 2, seed)))).ToList();

        var mean = samples.Average(sample => sample.Values[0]);
        var spread = Math.Sqrt(samples.Average(sample => Math.Pow(sample.Values[0] - mean, 2)));

        Assert.InRange(samples.Average(sample => sample.StandardErrors[0]) / spread, 0.6, 1.6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        var rows = Explain.Rows(20, 4, seed: 7);

        Assert.Equal(Measure(Tables.Of(4, Product, rows)).Values, Measure(Tables.Of(4, Product, rows)).Values);
        Assert.NotEqual(Measure(Tables.Of(4, Product, rows)).Values, Measure(Tables.Of(4, Product, rows), seed: 2).Values);
    }

    [Fact]
    public void One_row_is_too_few_and_an_answer_that_is_no_number_is_refused()
    {
        Assert.Equal("explainer.rows_too_few", Refused(Tables.Of(1, row => row[0], [[1]])));
        Assert.Equal("explainer.output_not_finite", Refused(Tables.Of(1, row => Math.Log(row[0]), [[1], [-1]])));
        Assert.Equal("explainer.output_not_finite", Refused(Tables.Of(2, row => Math.Log(row[0] * row[1]), [[1, 1], [-1, -1]])));
    }

    [Fact]
    public void Equal_values_ask_the_model_nothing()
    {
        var model = new FunctionModel(2, row => row[0] + row[1]);

        Measure(Tables.Of(model, [[1, 7], [2, 7], [3, 7]]), repeats: 10);

        Assert.Equal(3 + 30, model.RowsEvaluated);
    }

    private static double Product(double[] row) => (row[0] * row[1]) + row[2];

    private static MeasuredImportance Measure(ReferenceTable table, int repeats = 5, long seed = 1, bool perLabel = false)
    {
        var result = new PermutationImportance().Measure(table, new ImportanceSettings(perLabel, repeats, seed, null), default);
        Assert.True(result.Succeeded(out var measured, out var error), error?.Detail);
        return measured;
    }

    private static string? Refused(ReferenceTable table) =>
        new PermutationImportance().Measure(table, new ImportanceSettings(false, 5, 1, null), default).Error?.Code;

    private static string?[] Labels(double[][] rows, Func<double[], double> truth) =>
        [.. rows.Select(row => truth(row).ToString("R", CultureInfo.InvariantCulture))];

    private static double Number(string? text) => double.Parse(text!, CultureInfo.InvariantCulture);

    private static double Reliance(Func<double[], double> model, double[][] rows, string?[] labels, int feature)
    {
        var sum = 0.0;
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var giver in rows.Where(giver => giver != rows[row]))
            {
                var mixed = rows[row].ToArray();
                mixed[feature] = giver[feature];
                sum += Math.Abs(model(mixed) - Number(labels[row])) - Math.Abs(model(rows[row]) - Number(labels[row]));
            }
        }

        return sum / rows.Length / (rows.Length - 1);
    }
}
