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

    /// <summary>
    /// Reads the first row; of objects the names of all rows first, since a row may lack a member. Throws
    /// <see cref="ReferenceException"/> where there is none.
    /// </summary>
    /// <param name="file">The file, from its beginning; it can be read again.</param>
    /// <param name="nameColumns">Names the columns of rows that are arrays, from the number of values of the first.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<JsonRows> OpenAsync(
        Stream file, Func<int, IReadOnlyList<string>> nameColumns, CancellationToken cancellationToken)
    {
        var rows = await BeginAsync(file, cancellationToken);
        if (rows.Current.ValueKind != JsonValueKind.Object) return new JsonRows(rows, HeaderOf(rows.Current, nameColumns));

        var names = await NamesAsync(rows);
        file.Position = 0;
        return new JsonRows(await BeginAsync(file, cancellationToken), names);
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

    private static async Task<IAsyncEnumerator<JsonElement>> BeginAsync(Stream file, CancellationToken cancellationToken)
    {
        var rows = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file, PlatformJson.Strict, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        return await NextAsync(rows) ? rows : throw new ReferenceException("The reference dataset is empty.");
    }

    /// <summary>The names of the members of all rows, in the order in which they first occur.</summary>
    private static async Task<IReadOnlyList<string>> NamesAsync(IAsyncEnumerator<JsonElement> rows)
    {
        var (names, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        await using (rows)
        {
            do
            {
                if (rows.Current.ValueKind != JsonValueKind.Object) break; // refused when its row is read
                names.AddRange(rows.Current.EnumerateObject().Select(member => member.Name).Where(seen.Add));
            }
            while (await NextAsync(rows));
        }

        return names;
    }

    private static IReadOnlyList<string> HeaderOf(JsonElement first, Func<int, IReadOnlyList<string>> nameColumns) =>
        first.ValueKind == JsonValueKind.Array
            ? nameColumns(Flatten(first).Count())
            : throw new ReferenceException("A row must be an object or an array.");

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
