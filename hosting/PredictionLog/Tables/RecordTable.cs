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

    /// <summary>Throws <see cref="FormatException"/> where a number is not one of its datatype: then no row of the record is taken.</summary>
    public void Check()
    {
        foreach (var column in Columns)
        {
            for (var row = 0; row < Rows; row++)
                column.Type.Read(column.Cell(row));
        }
    }

    /// <summary>A row in the order of a file's columns; what the record has not is missing.</summary>
    public object?[] Row(int row, IReadOnlyList<TableColumn> columns) =>
        [.. columns.Select(column => _byName.TryGetValue(column.Name, out var found) ? found.Cell(row) : null)];
}
