using Platform.Explainer.Importance;
using Platform.Explainer.References;
using Platform.Explainer.Tests.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Importance;

public sealed class ShapleyImportanceTests
{
    [Fact]
    public void It_is_the_mean_size_of_the_values_by_definition()
    {
        var rows = Explain.Rows(6, 3, seed: 1);
        static double Function(double[] row) => (row[0] * row[1]) - (2 * row[2]);

        var measured = Measure(Tables.Of(3, Function, rows));

        var values = rows.Select(row => BruteForce.Shapley(Function, row, rows)).ToList();
        Explain.AssertClose([.. Enumerable.Range(0, 3).Select(feature => values.Average(row => Math.Abs(row[feature])))], measured.Values, 1e-12);
        Assert.Equal("exact", measured.Attribution);
        Assert.Equal("mean_absolute_shapley", measured.Measure);
        Assert.All(measured.StandardErrors, error => Assert.True(error > 0));
    }

    [Fact]
    public void A_feature_that_the_model_ignores_has_exactly_zero_and_each_output_is_measured_for_itself()
    {
        var model = new FunctionModel(3, row => row[0], row => (2 * row[0]) + row[1]);

        var measured = Measure(Tables.Of(model, Explain.Rows(8, 3, seed: 2)), perLabel: true);

        Assert.Equal(["y0", "y1"], measured.Groups.Select(group => group.Label));
        Assert.Equal(measured.Values[0] * 2, measured.Values[1], 12);
        Assert.Equal(0, measured.Values[2]);
        Assert.Equal([0, 0], measured.Values[4..]);
    }

    [Fact]
    public void Many_features_are_estimated_within_the_budget_and_the_seed_decides()
    {
        var rows = Explain.Rows(20, 30, seed: 3);
        var model = new FunctionModel(30, row => row[0] * row[1]);

        var measured = Measure(Tables.Of(model, rows), budget: 500);

        Assert.Equal("permutation", measured.Attribution);
        Assert.InRange(model.RowsEvaluated, 20, 20 + (20 * 500));
        Assert.Equal(measured.Values, Measure(Tables.Of(model, rows), budget: 500).Values);
        Assert.All(measured.Values[2..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Too_small_a_budget_and_a_single_row_are_refused()
    {
        var rows = Explain.Rows(20, 30, seed: 4);

        Assert.Equal("explainer.budget_too_small", Refused(Tables.Of(30, row => row[0], rows), budget: 10));
        Assert.Equal("explainer.rows_too_few", Refused(Tables.Of(30, row => row[0], rows[..1]), budget: null));
        Assert.Equal("explainer.output_not_finite", Refused(Tables.Of(30, row => Math.Log(row[0] - 5), rows), budget: null));
    }

    private static MeasuredImportance Measure(ReferenceTable table, bool perLabel = false, long? budget = null)
    {
        var result = new ShapleyImportance().Measure(table, new ImportanceSettings(perLabel, 1, 1, budget), default);
        Assert.True(result.Succeeded(out var measured, out var error), error?.Detail);
        return measured;
    }

    private static string? Refused(ReferenceTable table, long? budget) =>
        new ShapleyImportance().Measure(table, new ImportanceSettings(false, 1, 1, budget), default).Error?.Code;
}
