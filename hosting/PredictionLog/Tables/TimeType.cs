using Parquet;
using Parquet.Schema;

namespace Platform.Hosting.PredictionLog.Tables;

internal sealed class TimeType : TableType
{
    // Impala's form: of the package's other ones the statistics are in another unit than the values, and readers that go by them fail.
    internal override Field FieldOf(string name) => new DataField<DateTime>(name, nullable: true);

    internal override object? Read(object? raw) => raw is DateTimeOffset time ? time.UtcDateTime : null;

    internal override Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, IReadOnlyList<object?> cells, CancellationToken cancellationToken) =>
        group.WriteAsync<DateTime>(field, cells.Select(cell => (DateTime?)cell).ToArray(), null, null, cancellationToken);

    internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, FlatLists lists, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No tensor holds times.");
}
