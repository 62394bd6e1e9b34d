using Platform.Explainer.References;

namespace Platform.Explainer.Importance;

/// <summary>With labels: how much worse the answer is than it was. Of classes that is the drop of accuracy, or of each label's recall.</summary>
internal sealed class LossRise : IRowMeasure
{
    private readonly RowTruth _truth;
    private readonly Dictionary<string, int> _places;

    /// <param name="table">The rows.</param>
    /// <param name="truth">What is known of them.</param>
    /// <param name="perLabel">Whether the rows of each class are measured for themselves.</param>
    /// <param name="answers">Every number of the output, row-major.</param>
    public LossRise(ReferenceTable table, RowTruth truth, bool perLabel, double[] answers)
    {
        _truth = truth;
        Rows = truth.Rows;
        var width = table.Whole.Outputs;
        double Loss(int row) => truth.Loss(row, answers.AsSpan(row * width, width));
        var labels = perLabel && truth.Classes is { } classes ? Shown(table, classes) : [];
        _places = labels.Select((label, place) => (label, place)).ToDictionary(pair => pair.label, pair => pair.place);
        Groups = labels.Count == 0
            ? [Group(perLabel ? table.OutputNames[0] : null, Rows, Loss)]
            : [.. labels.Select(label => Group(label, [.. Rows.Where(row => truth.Label(row) == label)], Loss))];
    }

    public string Name => _truth.IsClass ? ImportanceMeasure.Accuracy : ImportanceMeasure.AbsoluteError;

    public IReadOnlyList<ImportanceGroup> Groups { get; }

    public IReadOnlyList<int> Rows { get; }

    public void Add(int row, ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> values)
    {
        foreach (var group in GroupsOf(row)) values[group] += _truth.Loss(row, after) - _truth.Loss(row, before);
    }

    public IEnumerable<int> GroupsOf(int row) => _places.Count == 0 ? [0] : _places.TryGetValue(_truth.Label(row), out var place) ? [place] : [];

    /// <summary>The classes of the numbers that are explained; all of them where an output decides between two by one number.</summary>
    private static IReadOnlyList<string> Shown(ReferenceTable table, IReadOnlyList<string> classes) =>
        classes.Count == table.Whole.Outputs ? [.. table.Columns.Select(column => classes[column])] : classes;

    private ImportanceGroup Group(string? label, IReadOnlyList<int> rows, Func<int, double> loss)
    {
        double? mean = rows.Count == 0 ? null : rows.Sum(loss) / rows.Count;
        return new ImportanceGroup(label, _truth.IsClass ? 1 - mean : mean, rows.Count);
    }
}
