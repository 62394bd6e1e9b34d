using System.Text;
using Microsoft.Data.Sqlite;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>The statements for a page of documents, one more than it holds: each indexed field asked for is one range of an index.</summary>
internal sealed class SqliteSelect
{
    private const int MaxPage = 1000;

    private readonly List<object?> _values = [];

    public SqliteSelect(DocumentQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxPage);
        var order = query.Descending ? "desc" : "asc";
        var collection = Add(query.Collection);
        var sql = new StringBuilder(query.Where.Count == 0
            ? $"select i0.id from documents i0 where i0.collection = {collection}"
            : FieldsOf(query, collection));
        if (query.After is { } after) sql.Append($" and i0.id {(query.Descending ? '<' : '>')} {Add(SqliteText.Of(after))}");
        Ids = sql.Append($" order by i0.id {order} limit {Add(query.Limit + 1)}").ToString();
        Rows = $"select {SqliteRow.Columns}, found.id from ({Ids}) found left join documents d on d.collection = {collection} and d.id = found.id order by found.id {order}";
    }

    /// <summary>Finds the ids alone, which an index holds.</summary>
    public string Ids { get; }

    /// <summary>Finds the documents, and the id alone of one that the index names and that is gone: <see cref="Read"/>.</summary>
    public string Rows { get; }

    public object?[] Values => [.. _values];

    /// <summary>Reads <see cref="Rows"/>.</summary>
    public static (byte[] Id, SqliteRow? Document) Read(SqliteDataReader row) =>
        (SqliteRow.Bytes(row, row.FieldCount - 1), row.IsDBNull(0) ? null : SqliteRow.Read(row));

    private string FieldsOf(DocumentQuery query, string collection)
    {
        var joins = new StringBuilder("select i0.id from document_fields i0");
        var first = "";
        foreach (var (i, (field, value)) in query.Where.Index())
        {
            var range = $"i{i}.collection = {collection} and i{i}.field = {Add(SqliteText.Of(field))} and i{i}.value = {Add(SqliteText.Of(value))}";
            if (i == 0) first = $" where {range}";
            else joins.Append($" join document_fields i{i} on {range} and i{i}.id = i0.id");
        }
        return joins.Append(first).ToString();
    }

    private string Add(object? value)
    {
        _values.Add(value);
        return FormattableString.Invariant($"${_values.Count}");
    }
}
