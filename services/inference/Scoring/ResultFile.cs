using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Platform.Hosting.PredictionLog.Tables;

namespace Platform.Inference.Scoring;

/// <summary>The result of a job as a file, joined from its parts while it is sent; one part is in memory at a time.</summary>
internal sealed class ResultFile(ScoringStore store, ScoringRecord job)
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>As Parquet.</summary>
    public async Task WriteTableAsync(Stream target, CancellationToken cancellationToken)
    {
        TableColumn[] columns = [.. job.Columns!.Select(column => new TableColumn(column.Name, TableType.Of(column.Datatype)))];
        var table = await TableWriter.BeginAsync(columns, target, cancellationToken);
        var cells = new object?[columns.Length];
        await foreach (var row in ReadAsync(cancellationToken))
        {
            for (var at = 0; at < cells.Length; at++) cells[at] = CellOf(row[at], columns[at].Type);
            await table.AddAsync(cells, cancellationToken);
        }

        await table.CompleteAsync(cancellationToken);
    }

    /// <summary>As comma-separated values (RFC 4180) in UTF-8 with a header; what is missing is empty.</summary>
    public async Task WriteTextAsync(Stream target, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 << 10, leaveOpen: true);
        var line = new StringBuilder();
        foreach (var column in job.Columns!) AddCell(line, column.Name);
        await WriteLineAsync(text, line, cancellationToken);
        await foreach (var row in ReadAsync(cancellationToken))
        {
            foreach (var cell in row.EnumerateArray()) AddCell(line, TextOf(cell));
            await WriteLineAsync(text, line, cancellationToken);
        }
    }

    private async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 0; number < job.Parts; number++)
        {
            // Retention may be over while it is read: the caller sees that the file is cut off.
            var part = await store.ReadPartAsync(job.Id, number, cancellationToken) ?? throw new IOException($"Part {number} of job {job.Id} is no longer kept.");
            await foreach (var row in ResultPart.ReadAsync(part, cancellationToken)) yield return row;
        }
    }

    /// <summary>A cell of a bad row may be none of its column's: it is missing then, and the column error says so.</summary>
    private static object? CellOf(JsonElement cell, TableType type)
    {
        try
        {
            return type.Read(cell);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => cell.GetString()!,
        _ => cell.GetRawText(),
    };

    private static void AddCell(StringBuilder line, string cell)
    {
        if (cell.AsSpan().ContainsAny(Quoted)) line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else line.Append(cell);
        line.Append(',');
    }

    private static async Task WriteLineAsync(StreamWriter text, StringBuilder line, CancellationToken cancellationToken)
    {
        line.Length--; // behind the last cell there is no comma
        line.Append("\r\n");
        foreach (var chunk in line.GetChunks()) await text.WriteAsync(chunk, cancellationToken);
        line.Clear();
    }
}
