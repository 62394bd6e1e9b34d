using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Hosting;

namespace Platform.Registry.References;

/// <summary>
/// Rows of a JSON array: objects by column name, or arrays in column order. A cell may be a nested array, which stands for its
/// values in row-major order.
/// </summary>
internal sealed class JsonRows : RowSource
{
    public const string MediaType = "application/json";

    private readonly IAsyncEnumerator<JsonElement> _rows;

    private JsonRows(IAsyncEnumerator<JsonElement> rows, IReadOnlyList<string> header) : base(header) => _rows = rows;

    /// <summary>Reads the first row. Throws <see cref="ReferenceException"/> where there is none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="nameColumns">Names the columns of rows that are arrays, from the number of values of the first.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<JsonRows> OpenAsync(
        Stream file, Func<int, IReadOnlyList<string>> nameColumns, CancellationToken cancellationToken)
    {
        var rows = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file, PlatformJson.Strict, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        if (!await NextAsync(rows)) throw new ReferenceException("The reference dataset is empty.");
        return new JsonRows(rows, HeaderOf(rows.Current, nameColumns));
    }

    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (kind, number) = (_rows.Current.ValueKind, 1);
        do
        {
            if (_rows.Current.ValueKind != kind) throw new ReferenceException($"Row {number} is not of the same kind as the first.");
            yield return kind == JsonValueKind.Object
                ? new ObjectRow(_rows.Current, Header, number)
                : ArrayRow.Of(_rows.Current, Header, number);
            number++;
        }
        while (await NextAsync(_rows));
    }

    public override ValueTask DisposeAsync() => _rows.DisposeAsync();

    private static IReadOnlyList<string> HeaderOf(JsonElement first, Func<int, IReadOnlyList<string>> nameColumns) => first.ValueKind switch
    {
        JsonValueKind.Object => [.. first.EnumerateObject().Select(property => property.Name).Distinct()],
        JsonValueKind.Array => nameColumns(Flatten(first).Count()),
        _ => throw new ReferenceException("A row must be an object or an array."),
    };

    private static async Task<bool> NextAsync(IAsyncEnumerator<JsonElement> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (JsonException exception)
        {
            throw new ReferenceException(
                $"The reference dataset is not one JSON array of rows; see line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.",
                exception);
        }
    }

    private static IEnumerable<string?> Flatten(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Flatten),
        JsonValueKind.Null => [null],
        JsonValueKind.String => [value.GetString()],
        JsonValueKind.Object => throw new ReferenceException("A cell holds an object; it must be a value or an array of values."),
        _ => [value.GetRawText()],
    };

    private sealed class ObjectRow(JsonElement row, IReadOnlyList<string> header, int number) : SourceRow(number)
    {
        public override void CopyTo(int column, List<string?> values)
        {
            if (row.TryGetProperty(header[column], out var cell)) values.AddRange(Flatten(cell));
            else values.Add(null);
        }
    }

    private sealed class ArrayRow(List<string?> cells, int number) : SourceRow(number)
    {
        public static ArrayRow Of(JsonElement row, IReadOnlyList<string> header, int number)
        {
            List<string?> cells = [.. Flatten(row)];
            return cells.Count == header.Count
                ? new ArrayRow(cells, number)
                : throw new ReferenceException($"Row {number} has {cells.Count} values; the first has {header.Count}.");
        }

        public override void CopyTo(int column, List<string?> values) => values.Add(cells[column]);
    }
}
