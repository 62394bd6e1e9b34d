using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace Platform.Inference.RowFiles;

/// <summary>Rows of comma-separated values (RFC 4180) with a header row, in UTF-8. Its cells are texts.</summary>
internal sealed class CsvFile : RowFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
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
            await reader.ReadHeaderAsync(cancellationToken);
            FileColumn[] columns = [.. reader.Headers.Select(name => new FileColumn(name))];
            Check(columns);
            return new(reader, columns);
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(exception);
        }
    }

    public override async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 0L; await NextAsync(cancellationToken); number++) yield return ReadRow(number);
    }

    public override ValueTask DisposeAsync() => _reader.DisposeAsync();

    private static void Check(FileColumn[] columns)
    {
        if (columns.Length == 0) throw new RowFileException("The file is empty: its first line must name the columns.");
        if (columns.Length > MostColumns) throw new RowFileException($"The file has {columns.Length} columns, more than {MostColumns}.");
        if (columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twins)
            throw new RowFileException($"The header names the column '{twins.Key}' more than once.");
    }

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
