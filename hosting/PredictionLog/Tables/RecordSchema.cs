namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>The columns of a version's records: every one that a record has had so far, with a type that holds all of them.</summary>
public sealed class RecordSchema
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private List<TableColumn> _columns = [];

    /// <summary>The columns in the order in which they came; a list that is not changed later.</summary>
    public IReadOnlyList<TableColumn> Columns => _columns;

    /// <summary>
    /// Takes a record's columns in. Where there are others than before <see cref="Columns"/> is another list: a file that was begun cannot take them.
    /// </summary>
    public void Add(RecordTable table)
    {
        List<TableColumn>? changed = null;
        foreach (var column in table.Columns)
        {
            if (!_places.TryGetValue(column.Name, out var place))
            {
                _places[column.Name] = (changed ??= [.. _columns]).Count;
                changed.Add(new(column.Name, column.Type));
            }
            else if ((changed ?? _columns)[place].Type != column.Type && (changed ?? _columns)[place].Type != TableType.Text)
            {
                (changed ??= [.. _columns])[place] = new(column.Name, TableType.Text);
            }
        }

        _columns = changed ?? _columns;
    }

    /// <summary>The cells of a row as they are written. Throws <see cref="FormatException"/> where a number is not one of its datatype.</summary>
    public object?[] Read(object?[] row) => [.. row.Select((cell, at) => _columns[at].Type.Read(cell))];
}
