using Platform.Explainer.Models;
using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Dependence;

/// <summary>
/// The mean answer when every row is given the same value of a feature, at each of its values; with its standard error over the rows, the range that holds the
/// middle eight tenths of them, and some of them singly. Rows also get values that hardly go with the rest of them: where features go together,
/// <see cref="AccumulatedEffects"/> is fairer.
/// </summary>
/// <remarks>Source: Friedman, Greedy function approximation: a gradient boosting machine, 2001.</remarks>
internal sealed class PartialDependence : ICurveMethod
{
    private const double Tail = 0.1;

    public string Name => "pdp";

    public Result<MeasuredCurve> Follow(ReferenceTable table, FeatureGrid grid, CancellationToken cancellationToken)
    {
        if (GridAnswers.Of(table, table.Rows, grid, cancellationToken) is not { } answers) return ModelErrors.NotFinite();
        var (rows, outputs) = (table.Rows.Count, table.Model.Outputs);
        var spreads = Enumerable.Range(0, grid.Points.Length * outputs).Select(at => Spread(answers, rows, outputs, at / outputs, at % outputs)).ToList();
        return new MeasuredCurve
        {
            Values = [.. spreads.Select(spread => spread.Mean)],
            StandardErrors = rows < 2 ? null : [.. spreads.Select(spread => spread.Error)],
            Low = [.. spreads.Select(spread => spread.Low)],
            High = [.. spreads.Select(spread => spread.High)],
            Lines = IndividualCurves.Lines(table.Rows, answers, grid, outputs),
        };
    }

    private static (double Mean, double Error, double Low, double High) Spread(double[] answers, int rows, int outputs, int point, int output)
    {
        var given = Enumerable.Range(0, rows).Select(row => answers[(((point * rows) + row) * outputs) + output]).Order().ToArray();
        // As differences from the first one: the mean of equal answers is that answer.
        var mean = given[0] + (given.Sum(answer => answer - given[0]) / rows);
        var error = Math.Sqrt(given.Sum(answer => (answer - mean) * (answer - mean)) / Math.Max(1, rows - 1) / rows);
        var tail = (int)Math.Ceiling(Tail * rows) - 1;
        return (mean, error, given[tail], given[rows - 1 - tail]);
    }
}
