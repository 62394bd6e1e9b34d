using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace Platform.Inference.RowFiles;

/// <summary>
/// Rows of comma-separated values (RFC 4180) with a header row, in UTF-8. Its cells are texts. An empty line is a row whose cell is missing where there is
/// one column, as programs write it, and none where there are several.
/// </summary>
internal sealed class CsvFile : RowFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false, // it is read as a row, strictly
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = FileRow.MaxBytes,
        IncludeValuesInExceptions = false,
    };

    private readonly CsvReader _reader;

    private CsvFile(CsvReader reader, IReadOnlyList<FileColumn> columns) => (_reader, Columns) = (reader, columns);

    public override IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>Reads the header.</summary>
    public static async Task<CsvFile> OpenAsync(Stream content, CancellationToken cancellationToken)
    {
        var reader = CsvReader.Create(content, Options, leaveOpen: true);
        try
        {
            return new(reader, await ReadHeaderAsync(reader, cancellationToken));
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(exception);
        }
    }

    public override async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 0L; await NextAsync(cancellationToken);)
        {
            if (Columns.Count == 1 || !IsEmptyLine(_reader)) yield return ReadRow(number++);
        }
    }

    public override ValueTask DisposeAsync() => _reader.DisposeAsync();

    private static async Task<IReadOnlyList<FileColumn>> ReadHeaderAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        do
        {
            if (!await reader.ReadAsync(cancellationToken)) throw new RowFileException("The file is empty: its first line must name the columns.");
        }
        while (IsEmptyLine(reader));

        var columns = new FileColumns();
        for (var at = 0; at < reader.FieldCount; at++)
        {
            var name = NameAt(reader, at);
            if (columns.Find(name) is not null) throw new RowFileException($"The header names the column '{name}' more than once.");
            columns.Add(name);
        }

        return columns.All;
    }

    private static string NameAt(CsvReader reader, int at)
    {
        try
        {
            return StrictUtf8.GetString(reader.GetSpan(at));
        }
        catch (DecoderFallbackException exception)
        {
            throw new RowFileException("The header is not text in UTF-8.", exception);
        }
    }

    private static bool IsEmptyLine(CsvReader reader) => reader.FieldCount == 1 && reader.RawRecord.IsEmpty;

    private FileRow ReadRow(long number)
    {
        if (_reader.FieldCount != Columns.Count)
            return new(number, [], 0, $"has {_reader.FieldCount} cells, but the header names {Columns.Count} columns.");
        var (cells, bytes) = (new object?[Columns.Count], 0L);
        try
        {
            for (var at = 0; at < cells.Length; at++)
            {
                var cell = _reader.GetSpan(at);
                cells[at] = StrictUtf8.GetString(cell);
                bytes += cell.Length + 1;
            }
        }
        catch (DecoderFallbackException)
        {
            return new(number, [], 0, "is not text in UTF-8.");
        }

        return new(number, cells, bytes);
    }

    private async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(exception);
        }
    }

    private static RowFileException Malformed(CsvFormatException exception) => new($"The file is not CSV: {exception.Message}", exception);
}
