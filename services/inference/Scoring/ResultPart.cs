using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>
/// What has come of rows that follow each other, until it is stored: a JSON array a row, a cell for each column of the result, compressed.
/// </summary>
internal sealed class ResultPart(IReadOnlyList<ResultColumn> columns, IReadOnlyList<FileColumn> file, IReadOnlyList<OutputCells> outputs)
{
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<ScoringProblem> _problems = [];

    public int Rows { get; private set; }

    /// <summary>Rows without an answer.</summary>
    public int Failed { get; private set; }

    /// <summary>What it takes before it is compressed.</summary>
    public int Bytes => _lines.WrittenCount;

    public IReadOnlyList<ScoringProblem> Problems => _problems;

    public void Add(ScoredRow row)
    {
        using (var json = new Utf8JsonWriter(_lines))
        {
            json.WriteStartArray();
            WriteInputs(json, row.File);
            WriteResult(json, row);
            json.WriteEndArray();
        }

        _lines.Write("\n"u8);
        Rows++;
        if (row.Answer is not null) return;
        Failed++;
        _problems.AddRange(row.Problems);
    }

    public byte[] Compress()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(_lines.WrittenSpan);
        return compressed.ToArray();
    }

    /// <summary>Begins the next part.</summary>
    public void Clear()
    {
        _lines.ResetWrittenCount();
        _problems.Clear();
        (Rows, Failed) = (0, 0);
    }

    /// <summary>The rows of a part that was stored, one at a time: each is gone when the next is asked for.</summary>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(byte[] part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(new MemoryStream(part), CompressionMode.Decompress);
        using var lines = new StreamReader(gzip, bufferSize: 64 << 10);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return row.RootElement;
        }
    }

    private void WriteInputs(Utf8JsonWriter json, FileRow row)
    {
        for (var at = 0; at < file.Count; at++)
        {
            var cell = at < row.Cells.Length ? row.Cells[at] : null;
            if (columns[at].Datatype == "BYTES") CellWriter.Write(json, cell);
            else CellWriter.WriteFeature(json, cell, columns[at].Datatype);
        }
    }

    private void WriteResult(Utf8JsonWriter json, ScoredRow row)
    {
        var answer = row.Answer;
        WriteMember(json, answer, "predictionId"u8);
        if (row.Problems.Count == 0) json.WriteNullValue();
        else json.WriteStringValue(string.Join(" ", row.Problems.Select(problem => problem.Text)));
        WriteMember(json, answer, "class"u8);
        WriteMember(json, answer, "score"u8);
        WriteMember(json, answer, "value"u8);
        foreach (var output in outputs)
        {
            var cells = answer is { } found ? output.Read(found.GetProperty("outputs"u8).GetProperty(output.Output)) : Enumerable.Repeat(default(JsonElement), output.Names.Count);
            foreach (var cell in cells)
            {
                if (cell.ValueKind == JsonValueKind.Undefined) json.WriteNullValue();
                else cell.WriteTo(json);
            }
        }
    }

    private static void WriteMember(Utf8JsonWriter json, JsonElement? answer, ReadOnlySpan<byte> name)
    {
        if (answer is { } found && found.TryGetProperty(name, out var member)) member.WriteTo(json);
        else json.WriteNullValue();
    }
}
