using Platform.Hosting.PredictionLog.Index;
using Platform.Hosting.PredictionLog.Tables;

namespace Platform.Monitor.Exports;

/// <summary>The predictions that go into a file.</summary>
/// <param name="Export">Reads them.</param>
/// <param name="Predictions">Where they lie, the newest first.</param>
/// <param name="Tables">How they are read.</param>
/// <param name="Schema">The file's columns.</param>
/// <param name="Next">Where the next file begins; null where there is none.</param>
internal sealed record ExportedPredictions(
    PredictionExport Export, IReadOnlyList<IndexedPrediction> Predictions, RecordTables Tables, RecordSchema Schema, string? Next)
{
    public async Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        var writer = await TableWriter.BeginAsync(Schema.Columns, target, cancellationToken);
        foreach (var prediction in Predictions)
        {
            if (await Export.ReadAsync(prediction, Tables, cancellationToken) is not { } table)
                continue;
            for (var row = 0; row < table.Rows; row++)
            {
                if (TryRead(table, row) is { } cells)
                    await writer.AddAsync(cells, cancellationToken);
            }
        }

        await writer.CompleteAsync(cancellationToken);
    }

    // A number that its datatype cannot have: somebody else has written the record.
    private object?[]? TryRead(RecordTable table, int row)
    {
        try
        {
            return Schema.Read(table.Row(row, Schema.Columns));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
