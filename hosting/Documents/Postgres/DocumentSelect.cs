using System.Text;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>Builds the statement for a page of documents: each indexed field asked for is one range of its index.</summary>
internal static class DocumentSelect
{
    private const int MaxPage = 1000;

    /// <summary>Selects one document more than the page holds, which tells whether there is a next one.</summary>
    public static SelectCommand For(DocumentQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxPage);
        var sql = new StringBuilder("select d.original_id, d.key, d.revision, d.value from documents d");
        var command = new SelectCommand();
        var collection = command.Add(Parameters.Text(query.Collection));
        AddFields(query, sql, command, collection);
        sql.Append($" where d.collection = {collection}");
        if (query.After is { } after) sql.Append($" and d.key {(query.Descending ? '<' : '>')} {command.Add(Parameters.Text(DocumentKey.Of(after)))}");
        sql.Append($" order by d.key {(query.Descending ? "desc" : "asc")} limit {query.Limit + 1}");
        command.Sql = sql.ToString();
        return command;
    }

    private static void AddFields(DocumentQuery query, StringBuilder sql, SelectCommand command, string collection)
    {
        foreach (var (index, (field, value)) in query.Where.Index())
            sql.Append($" join document_fields f{index} on f{index}.collection = {collection} and f{index}.key = d.key")
                .Append($" and f{index}.field = {command.Add(Parameters.Text(DocumentKey.Of(field)))}")
                .Append($" and f{index}.value = {command.Add(Parameters.Text(DocumentKey.Of(value)))}");
    }
}
