using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>Numbers of one kind, or booleans. What is no number, as a missing one, is missing.</summary>
internal sealed class NumberType<T>(Func<JsonElement, T> read) : TableType where T : struct
{
    internal override Field FieldOf(string name) => new DataField<T>(name, nullable: true);

    public override object? Read(object? raw) => raw switch
    {
        T value => value,
        JsonElement { ValueKind: JsonValueKind.Number } cell => read(cell),
        JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False } cell when typeof(T) == typeof(bool) => cell.GetBoolean(),
        _ => null,
    };

    internal override Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, IReadOnlyList<object?> cells, CancellationToken cancellationToken) =>
        group.WriteAsync<T>(field, cells.Select(cell => (T?)cell).ToArray(), null, null, cancellationToken);

    internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, FlatLists lists, CancellationToken cancellationToken) =>
        group.WriteAllPartsAsync<T>(
            field, lists.Elements.Select(element => (T)element).ToArray(), lists.Definitions, lists.Repetitions, cancellationToken);
}
