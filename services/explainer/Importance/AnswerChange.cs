using Platform.Explainer.References;

namespace Platform.Explainer.Importance;

/// <summary>Without labels: how far the answer moves, |f(x') − f(x)|; of several numbers their mean, or each for itself.</summary>
internal sealed class AnswerChange : IRowMeasure
{
    private readonly int[] _columns;
    private readonly bool _perLabel;

    public AnswerChange(ReferenceTable table, bool perLabel)
    {
        (_columns, _perLabel) = (table.Columns, perLabel);
        Rows = [.. Enumerable.Range(0, table.Rows.Count)];
        Groups = perLabel
            ? [.. table.OutputNames.Select(name => new ImportanceGroup(name, null, Rows.Count))]
            : [new ImportanceGroup(null, null, Rows.Count)];
    }

    public string Name => ImportanceMeasure.OutputChange;

    public IReadOnlyList<ImportanceGroup> Groups { get; }

    public IReadOnlyList<int> Rows { get; }

    public void Add(int row, ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> values)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var change = Math.Abs(after[_columns[i]] - before[_columns[i]]);
            if (_perLabel) values[i] += change;
            else values[0] += change / _columns.Length;
        }
    }

    public IEnumerable<int> GroupsOf(int row) => Enumerable.Range(0, Groups.Count);
}
