using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>The elements of a row of a tensor whose columns have no names.</summary>
internal sealed class ListType(TableType element) : TableType
{
    private const string Element = "element"; // as the format's specification calls it

    internal override Field FieldOf(string name) => new ListField(name, element.FieldOf(Element));

    public override object? Read(object? raw) =>
        raw is IReadOnlyList<JsonElement> cells ? cells.Select(cell => element.Read(cell)).ToArray() : null;

    internal override int WeightOf(object? cell) => 1 + (cell is object?[] elements ? elements.Sum(element.WeightOf) : 0);

    internal override Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, IReadOnlyList<object?> cells, CancellationToken cancellationToken) =>
        element.WriteAsync(group, field, FlatLists.Of(cells), cancellationToken);

    internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, FlatLists lists, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Lists hold no lists.");
}
