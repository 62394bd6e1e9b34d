using Platform.Explainer.References;

namespace Platform.Explainer.Dependence;

/// <summary>What a model answers to rows with every value of a feature.</summary>
internal static class GridAnswers
{
    /// <summary>Row-major [points, rows, outputs]; null where an answer is no finite number.</summary>
    public static double[]? Of(ReferenceTable table, IReadOnlyList<double[]> rows, FeatureGrid grid, CancellationToken cancellationToken)
    {
        var answers = new double[grid.Points.Length * rows.Count * table.Model.Outputs];
        for (var point = 0; point < grid.Points.Length; point++)
        {
            var given = ReferenceTable.Answer(table.Model, [.. rows.Select(row => With(row, grid.Feature, grid.Points[point]))], cancellationToken);
            if (!Array.TrueForAll(given, double.IsFinite)) return null;
            given.CopyTo(answers, point * given.Length);
        }

        return answers;
    }

    /// <summary>One of the rows as a table [points, outputs].</summary>
    public static double[] Line(double[] answers, int rows, int row, int points, int outputs)
    {
        var line = new double[points * outputs];
        for (var point = 0; point < points; point++) Array.Copy(answers, ((point * rows) + row) * outputs, line, point * outputs, outputs);
        return line;
    }

    /// <summary>The row with another value of the feature.</summary>
    public static double[] With(double[] row, int feature, double value)
    {
        var cells = row.ToArray();
        cells[feature] = value;
        return cells;
    }
}
