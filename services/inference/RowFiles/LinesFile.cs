using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Platform.Inference.RowFiles;

/// <summary>A JSON object a line, in UTF-8. Its columns are the names of all objects, in the order in which they come up.</summary>
internal sealed class LinesFile : RowFile
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    private readonly PipeReader _lines;
    private readonly FileColumns _columns = new();

    /// <param name="content">The bytes.</param>
    /// <param name="columns">The columns, where they are known already.</param>
    public LinesFile(Stream content, IReadOnlyList<FileColumn>? columns)
    {
        _lines = PipeReader.Create(content, new StreamPipeReaderOptions(leaveOpen: true));
        foreach (var column in columns ?? []) _columns.Add(column.Name);
    }

    public override IReadOnlyList<FileColumn> Columns => _columns.All;

    public override async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 0L; await NextAsync(cancellationToken) is { } line;)
        {
            if (number == 0 && line.AsSpan().StartsWith(Encoding.UTF8.Preamble)) line = line[Encoding.UTF8.Preamble.Length..];
            if (line.AsSpan().Trim(" \t\r"u8).IsEmpty) continue;
            yield return ReadRow(number++, line);
        }
    }

    public override ValueTask DisposeAsync() => _lines.CompleteAsync();

    /// <summary>The next line; null behind the last.</summary>
    private async Task<byte[]?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _lines.ReadAsync(cancellationToken);
            var end = read.Buffer.PositionOf((byte)'\n');
            if (end is null && !read.IsCompleted && read.Buffer.Length <= FileRow.MaxBytes)
            {
                _lines.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var line = end is { } found ? read.Buffer.Slice(0, found) : read.Buffer;
            if (line.Length > FileRow.MaxBytes)
                throw new RowFileException($"The file has a line of more than {FileRow.MaxBytes} bytes: each row must be a line of its own.");
            if (end is null && line.IsEmpty) return null;
            var copy = line.ToArray();
            _lines.AdvanceTo(end is { } behind ? read.Buffer.GetPosition(1, behind) : read.Buffer.End);
            return copy;
        }
    }

    private FileRow ReadRow(long number, byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ReadObject(number, document.RootElement, line.Length)
                : new(number, [], 0, "must be a JSON object with a value for each feature.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(number, [], 0, "is not valid JSON.");
        }
    }

    private FileRow ReadObject(long number, JsonElement row, long bytes)
    {
        var cells = new object?[_columns.All.Count];
        Array.Fill(cells, FileRow.Absent);
        foreach (var member in row.EnumerateObject())
        {
            var place = _columns.Find(member.Name) ?? _columns.Add(member.Name);
            if (place >= cells.Length) Array.Resize(ref cells, place + 1);
            else if (cells[place] != FileRow.Absent) return new(number, [], 0, $"has the member '{Named(member.Name)}' twice.");
            cells[place] = member.Value.ValueKind == JsonValueKind.Null ? null : Checked(member.Value);
        }

        return new(number, cells, bytes);
    }

    /// <summary>The value apart from its line. Throws <see cref="InvalidOperationException"/> for a text that is not Unicode.</summary>
    private static JsonElement Checked(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) _ = value.GetString();
        return value.Clone();
    }

    private static string Named(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
