using Platform.Explainer.Models;
using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Dependence;

/// <summary>
/// Accumulated local effects: between two neighbouring values of a quantity, the mean change of the answer over the rows that lie there, added up from value to
/// value and centred so that the mean over the rows is 0. No row is moved farther than to the next value, so that features that go together do not mislead it.
/// </summary>
/// <remarks>
/// The standard error follows from the spread of the changes in each interval, as the centred sum is linear in their means; an interval with a single row takes the spread of the
/// others. Rows in which the feature is missing are left out. Source: Apley &amp; Zhu, Visualizing the effects of predictor variables in black box supervised
/// learning models, 2020.
/// </remarks>
internal sealed class AccumulatedEffects : ICurveMethod
{
    public string Name => "ale";

    public Result<MeasuredCurve> Follow(ReferenceTable table, FeatureGrid grid, CancellationToken cancellationToken)
    {
        if (!grid.IsOrdered) return DependenceErrors.NotOrdered(table.Features[grid.Feature]);
        var rows = table.Rows.Where(row => !double.IsNaN(row[grid.Feature])).ToList();
        var intervals = rows.Select(row => Interval(grid.Points, row[grid.Feature])).ToArray();
        var upper = Answer(table, rows, intervals, grid, 1, cancellationToken);
        var lower = Answer(table, rows, intervals, grid, 0, cancellationToken);
        if (!Array.TrueForAll(upper, double.IsFinite) || !Array.TrueForAll(lower, double.IsFinite)) return ModelErrors.NotFinite();

        var (points, outputs) = (grid.Points.Length, table.Model.Outputs);
        var (values, errors) = (new double[points * outputs], new double[points * outputs]);
        for (var output = 0; output < outputs; output++)
        {
            double[] changes = [.. Enumerable.Range(0, rows.Count).Select(row => upper[(row * outputs) + output] - lower[(row * outputs) + output])];
            var effects = IntervalEffects.Of(changes, intervals, points);
            for (var point = 0; point < points; point++)
                (values[(point * outputs) + output], errors[(point * outputs) + output]) = (effects.At(point), effects.ErrorAt(point));
        }

        return new MeasuredCurve { Values = values, StandardErrors = Array.Exists(errors, double.IsNaN) ? null : errors };
    }

    /// <summary>The rows moved to the lower (0) or upper (1) end of the interval that each lies in.</summary>
    private static double[] Answer(
        ReferenceTable table, List<double[]> rows, int[] intervals, FeatureGrid grid, int end, CancellationToken cancellationToken) => ReferenceTable.Answer(
        table.Model, [.. rows.Select((row, at) => GridAnswers.With(row, grid.Feature, grid.Points[Math.Min(intervals[at] + end, grid.Points.Length - 1)]))], cancellationToken);

    /// <summary>Which interval (points[i], points[i + 1]] holds a value; the first one holds its lower end too.</summary>
    private static int Interval(double[] points, double value)
    {
        var found = Array.BinarySearch(points, value);
        return Math.Max(0, (found >= 0 ? found : ~found) - 1);
    }
}
