using Platform.Explainer.Models;
using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Dependence;

/// <summary>
/// What the model would answer to single rows if a feature had another value and all else stayed as it is: to the caller's row, or to some reference rows.
/// </summary>
/// <remarks>Source: Goldstein, Kapelner, Bleich &amp; Pitkin, Peeking inside the black box: visualizing statistical learning with plots of individual conditional expectation, 2015.</remarks>
internal sealed class IndividualCurves : ICurveMethod
{
    /// <summary>More lines than this cannot be told apart.</summary>
    public const int MostLines = 50;

    public string Name => "ice";

    public Result<MeasuredCurve> Follow(ReferenceTable table, FeatureGrid grid, CancellationToken cancellationToken)
    {
        IReadOnlyList<double[]> rows = table.Row is { } own ? [own] : [.. table.Rows.Take(MostLines)];
        return GridAnswers.Of(table, rows, grid, cancellationToken) is { } answers
            ? new MeasuredCurve { Lines = Lines(rows, answers, grid, table.Model.Outputs) }
            : ModelErrors.NotFinite();
    }

    /// <summary>Each row's own curve, out of the answers of all.</summary>
    public static IReadOnlyList<RowCurve> Lines(IReadOnlyList<double[]> rows, double[] answers, FeatureGrid grid, int outputs) =>
        [.. rows.Take(MostLines).Select((row, at) => new RowCurve(row, GridAnswers.Line(answers, rows.Count, at, grid.Points.Length, outputs)))];
}
