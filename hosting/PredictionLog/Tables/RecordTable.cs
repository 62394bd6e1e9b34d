namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>The rows of one record of the prediction log, as columns.</summary>
public sealed class RecordTable
{
    private readonly Dictionary<string, RecordColumn> _byName;

    internal RecordTable(IReadOnlyList<RecordColumn> columns, int rows)
    {
        (Columns, Rows) = (columns, rows);
        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>How many rows it has: those of the request, or one for a request of which the log holds no tensors.</summary>
    public int Rows { get; }

    internal IReadOnlyList<RecordColumn> Columns { get; }

    /// <summary>A row in the order of a file's columns; what the record has not is missing.</summary>
    public object?[] Row(int row, IReadOnlyList<TableColumn> columns) =>
        [.. columns.Select(column => _byName.TryGetValue(column.Name, out var found) ? found.Cell(row) : null)];
}
