using Parquet;
using Parquet.Schema;

namespace Platform.Hosting.PredictionLog.Tables;

internal sealed class TimeType : TableType
{
    // Impala's form. Of the package's microseconds the statistics are in milliseconds, and DuckDB, which goes by them, finds no row for a
    // filter (findings/parquet-net-microsecond-statistics.sh); its milliseconds have no fractions.
    internal override Field FieldOf(string name) => new DataField<DateTime>(name, nullable: true);

    public override object? Read(object? raw) => raw is DateTimeOffset time ? time.UtcDateTime : null;

    internal override Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, IReadOnlyList<object?> cells, CancellationToken cancellationToken) =>
        group.WriteAsync<DateTime>(field, cells.Select(cell => (DateTime?)cell).ToArray(), null, null, cancellationToken);

    internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, FlatLists lists, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No tensor holds times.");
}
