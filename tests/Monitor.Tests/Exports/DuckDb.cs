using DuckDB.NET.Data;

namespace Platform.Monitor.Tests.Exports;

/// <summary>An independent reader of Parquet files.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckDb() => _connection.Open();

    /// <summary>The rows of an answer, each cell as text or null.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Ask(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, at => reader.IsDBNull(at) ? null : Convert.ToString(reader.GetValue(at), System.Globalization.CultureInfo.InvariantCulture)));
        }

        return rows;
    }

    /// <summary>The only cell of an answer.</summary>
    public string? One(string query) => Ask(query).Single().Values.Single();

    public void Dispose() => _connection.Dispose();
}
