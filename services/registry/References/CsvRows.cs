using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace Platform.Registry.References;

/// <summary>Rows of comma-separated values (RFC 4180) with a header row, in UTF-8.</summary>
internal sealed class CsvRows : RowSource
{
    public const string MediaType = "text/csv";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 64 << 20,
        IncludeValuesInExceptions = false,
    };

    private readonly CsvReader _reader;

    private CsvRows(CsvReader reader, IReadOnlyList<string> header) : base(header) => _reader = reader;

    /// <summary>Reads the header. Throws <see cref="ReferenceException"/> where there is none.</summary>
    public static async Task<CsvRows> OpenAsync(Stream file, CancellationToken cancellationToken)
    {
        var reader = CsvReader.Create(file, Options, leaveOpen: true);
        var rows = new CsvRows(reader, await ReadHeaderAsync(reader, cancellationToken));
        if (rows.Header.Count == 0) throw new ReferenceException("The reference dataset is empty.");
        if (rows.Header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } duplicate)
            throw new ReferenceException($"The header names the column '{duplicate.Key}' more than once.");
        return rows;
    }

    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; await NextAsync(cancellationToken); number++)
        {
            if (_reader.FieldCount != Header.Count)
                throw new ReferenceException($"Row {number} has {_reader.FieldCount} cells, but the header names {Header.Count} columns.");
            yield return new CsvRow(_reader, number);
        }
    }

    public override ValueTask DisposeAsync() => _reader.DisposeAsync();

    private static async Task<IReadOnlyList<string>> ReadHeaderAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        try
        {
            await reader.ReadHeaderAsync(cancellationToken);
            return [.. reader.Headers];
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(exception);
        }
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

    private static ReferenceException Malformed(CsvFormatException exception) =>
        new($"The reference dataset is not CSV: {exception.Message}", exception);

    private sealed class CsvRow(CsvReader reader, int number) : SourceRow(number)
    {
        public override void CopyTo(int column, List<string?> values)
        {
            try
            {
                var cell = reader.GetSpan(column);
                values.Add(StrictUtf8.GetString(cell));
            }
            catch (DecoderFallbackException exception)
            {
                throw new ReferenceException($"Row {Number} is not text in UTF-8.", exception);
            }
        }
    }
}
