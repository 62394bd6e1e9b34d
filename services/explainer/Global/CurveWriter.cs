using System.Text.Json;
using Platform.Explainer.Computing;
using Platform.Explainer.Dependence;
using Platform.Explainer.References;
using Platform.Explainer.Rows;

namespace Platform.Explainer.Global;

/// <summary>Puts curves into the form of the answer, with values as people know them.</summary>
internal static class CurveWriter
{
    public static FeatureCurve Write(ReferenceTable table, FeatureGrid grid, MeasuredCurve curve)
    {
        var outputs = table.Model.Outputs;
        return new FeatureCurve
        {
            Feature = table.Features[grid.Feature],
            Ordered = grid.IsOrdered,
            Points = Read(table, grid.Feature, [.. grid.Points.Select(point => GridAnswers.With(table.Rows[0], grid.Feature, point))]),
            Values = Rows(curve.Values, outputs),
            StandardErrors = Rows(curve.StandardErrors, outputs),
            Low = Rows(curve.Low, outputs),
            High = Rows(curve.High, outputs),
            Lines = curve.Lines is { } lines ? Lines(table, grid, lines, outputs) : null,
        };
    }

    private static List<CurveLine> Lines(ReferenceTable table, FeatureGrid grid, IReadOnlyList<RowCurve> lines, int outputs)
    {
        var at = Read(table, grid.Feature, [.. lines.Select(line => line.Row)]);
        return [.. lines.Select((line, place) => new CurveLine(at[place], Rows(line.Values, outputs)!))];
    }

    /// <summary>What rows have of a feature.</summary>
    private static IReadOnlyList<JsonElement> Read(ReferenceTable table, int feature, IReadOnlyList<double[]> rows)
    {
        var instances = new Instances(table.Layout, rows.Count, [.. rows.SelectMany(row => row)], table.Vocabulary);
        var values = new RowValues(instances, table.Version.Metadata, table.Features);
        return [.. rows.Select((_, row) => values.Of(row)[feature])];
    }

    private static IReadOnlyList<double[]>? Rows(double[]? table, int outputs) => table is null ? null : [.. table.Chunk(outputs)];
}
