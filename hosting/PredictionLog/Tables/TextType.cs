using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Platform.Hosting.PredictionLog.Tables;

internal sealed class TextType : TableType
{
    private const int LettersInWord = 4;

    internal override Field FieldOf(string name) => new DataField<string>(name, nullable: true);

    public override object? Read(object? raw) => raw switch
    {
        null => null,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement { ValueKind: JsonValueKind.String } cell => cell.GetString(),
        JsonElement cell => cell.GetRawText(),
        IReadOnlyList<JsonElement> cells => $"[{string.Join(',', cells.Select(cell => cell.GetRawText()))}]",
        IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => raw.ToString(),
    };

    internal override int WeightOf(object? cell) => 1 + (cell as string ?? "").Length / LettersInWord;

    internal override Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, IReadOnlyList<object?> cells, CancellationToken cancellationToken) =>
        group.WriteAsync(field, (string[])[.. cells.Select(cell => (string)cell!)], null); // the package takes nulls, and does not say so

    internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, FlatLists lists, CancellationToken cancellationToken) =>
        group.WriteAllPartsAsync<ReadOnlyMemory<char>>(
            field, lists.Elements.Select(element => ((string)element).AsMemory()).ToArray(), lists.Definitions, lists.Repetitions, cancellationToken);
}
