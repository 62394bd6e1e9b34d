using Platform.Contracts.Registry;
using Platform.Explainer.Dependence;
using Platform.Explainer.References;
using Platform.Explainer.Tests.Attribution;
using Platform.Explainer.Tests.Games;
using Platform.Explainer.Tests.Importance;

namespace Platform.Explainer.Tests.Dependence;

public sealed class CurveTests
{
    [Fact]
    public void Partial_dependence_is_the_mean_over_the_rows_by_definition()
    {
        var rows = Explain.Rows(30, 3, seed: 1);
        static double Function(double[] row) => (row[0] * row[1]) + Math.Sin(row[2]);

        var (grid, curve) = Follow("pdp", Tables.Of(3, Function, rows), feature: 0, points: 5);

        Assert.Equal(5, grid.Points.Length);
        for (var point = 0; point < 5; point++)
        {
            double[] answers = [.. rows.Select(row => Function([grid.Points[point], row[1], row[2]])).Order()];
            Assert.Equal(answers.Average(), curve.Values![point], 12);
            Assert.Equal(Math.Sqrt(answers.Sum(answer => Math.Pow(answer - answers.Average(), 2)) / 29 / 30), curve.StandardErrors![point], 12);
            Assert.Equal((answers[2], answers[27]), (curve.Low![point], curve.High![point]));
            Assert.Equal(rows.Select(row => Function([grid.Points[point], row[1], row[2]])), curve.Lines!.Select(line => line.Values[point]));
        }
    }

    [Theory]
    [InlineData("pdp")]
    [InlineData("ice")]
    [InlineData("ale")]
    public void A_feature_that_the_model_ignores_has_a_flat_curve(string kind)
    {
        var (_, curve) = Follow(kind, Tables.Of(3, row => row[0] * row[1], Explain.Rows(25, 3, seed: 2)), feature: 2);

        if (curve.Values is { } values) Assert.Single(values.Distinct());
        Assert.All(curve.Lines ?? [], line => Assert.Single(line.Values.Distinct()));
    }

    /// <summary>Two features that go together, of which the model adds up the squares: each has the effect of its own square only.</summary>
    [Fact]
    public void Accumulated_effects_of_a_sum_are_its_parts_however_the_features_go_together()
    {
        var rows = Explain.Rows(80, 1, seed: 3).Select(row => new[] { row[0], row[0] }).ToArray();

        var (grid, curve) = Follow("ale", Tables.Of(2, row => (row[0] * row[0]) + (5 * row[1]), rows), feature: 0, points: 10);

        for (var point = 1; point < grid.Points.Length; point++)
            Assert.Equal((grid.Points[point] * grid.Points[point]) - (grid.Points[0] * grid.Points[0]), curve.Values![point] - curve.Values[0], 9);
        Assert.All(curve.StandardErrors!, error => Assert.Equal(0, error, 9));
    }

    [Fact]
    public void Accumulated_effects_are_those_of_the_definition_and_zero_on_average()
    {
        var rows = Explain.Rows(60, 2, seed: 4);
        static double Function(double[] row) => row[0] * Math.Exp(row[1]);

        var (grid, curve) = Follow("ale", Tables.Of(2, Function, rows), feature: 0, points: 6);

        var z = grid.Points;
        var (sums, centre) = (new double[z.Length], 0.0);
        for (var k = 1; k < z.Length; k++)
        {
            var inside = rows.Where(row => row[0] <= z[k] && (row[0] > z[k - 1] || k == 1)).ToList();
            sums[k] = sums[k - 1] + inside.Average(row => Function([z[k], row[1]]) - Function([z[k - 1], row[1]]));
            centre += inside.Count * (sums[k - 1] + sums[k]) / 2 / rows.Length;
        }

        Explain.AssertClose([.. sums.Select(sum => sum - centre)], curve.Values!, 1e-12);
        Assert.All(curve.StandardErrors!, error => Assert.True(error > 0));
    }

    [Fact]
    public void The_standard_error_of_accumulated_effects_is_of_the_size_of_their_spread()
    {
        // The same edges for all samples: values from a short list.
        double[][] Sample(int seed) => [.. Explain.Rows(60, 2, seed).Select(row => new[] { Math.Floor((row[0] + 2) * 1.25), row[1] })];
        var samples = Enumerable.Range(0, 200).Select(seed => Follow("ale", Tables.Of(2, row => row[0] * row[1], Sample(seed)), feature: 0)).ToList();
        samples.RemoveAll(sample => sample.Grid.Points.Length != 5);
        Assert.True(samples.Count > 150);

        var last = samples.Select(sample => sample.Curve.Values![^1]).ToList();
        var spread = Math.Sqrt(last.Average(value => Math.Pow(value - last.Average(), 2)));

        Assert.InRange(samples.Average(sample => sample.Curve.StandardErrors![^1]) / spread, 0.6, 1.6);
    }

    [Fact]
    public void A_constant_feature_has_one_point_and_no_effect()
    {
        var (grid, curve) = Follow("ale", Tables.Of(2, row => row[0] * row[1], [[1, 7], [2, 7], [3, 7]]), feature: 1);

        Assert.Equal([7], grid.Points);
        Assert.Equal([0], curve.Values!);
    }

    [Fact]
    public void Points_are_values_that_occur_without_the_missing_ones()
    {
        double[][] rows = [.. Enumerable.Range(0, 100).Select(at => new[] { at % 10 == 0 ? double.NaN : at, 0.0 })];
        var table = Tables.Of(2, row => row[0], rows);

        var grid = FeatureGrid.Of(table, 0, 11)!;

        Assert.True(grid.IsOrdered);
        Assert.Equal((1, 99, 11), (grid.Points[0], grid.Points[^1], grid.Points.Length));
        Assert.All(grid.Points, point => Assert.Contains(rows, row => row[0] == point));
        Assert.Null(FeatureGrid.Of(Tables.Of(1, row => 0, [[double.NaN]]), 0, 5));
    }

    [Fact]
    public void Of_a_category_the_most_frequent_values_are_points_and_nothing_is_accumulated()
    {
        double[][] rows = [[2], [2], [2], [0], [0], [1]];
        var table = Tables.Of(new FunctionModel(1, row => row[0]), rows, null, new VersionMetadata
        {
            Features = [new FeatureDefinition { Name = "f0", Kind = "categorical", Categories = ["a", "b", "c"] }],
        });

        var grid = FeatureGrid.Of(table, 0, 2)!;

        Assert.False(grid.IsOrdered);
        Assert.Equal([0, 2], grid.Points);
        Assert.Equal("explainer.method_not_applicable", CurveMethods.Find("ale")!.Follow(table, grid, default).Error?.Code);
    }

    [Fact]
    public void A_row_of_the_callers_is_followed_alone_through_its_own_value_too()
    {
        var table = Tables.Of(2, row => row[0] * row[1], [[0, 1], [10, 1]]) with { Row = [4, 3] };

        var (grid, curve) = Follow("ice", table, feature: 0);

        Assert.Equal([0, 4, 10], grid.Points);
        Assert.Equal([0, 12, 30], curve.Lines!.Single().Values);
    }

    [Theory]
    [InlineData("pdp")]
    [InlineData("ice")]
    [InlineData("ale")]
    public void An_answer_that_is_no_number_is_refused(string kind)
    {
        var table = Tables.Of(2, row => Math.Log(row[0] - row[1]), [[1, 0], [2, 0.5], [3, 1.5]]);

        Assert.Equal("explainer.output_not_finite", CurveMethods.Find(kind)!.Follow(table, FeatureGrid.Of(table, 1, 5)! with { Points = [0, 5] }, default).Error?.Code);
    }

    private static (FeatureGrid Grid, MeasuredCurve Curve) Follow(string kind, ReferenceTable table, int feature, int points = 20)
    {
        var grid = FeatureGrid.Of(table, feature, points)!;
        Assert.True(CurveMethods.Find(kind)!.Follow(table, grid, default).Succeeded(out var curve, out var error), error?.Detail);
        return (grid, curve!);
    }
}
