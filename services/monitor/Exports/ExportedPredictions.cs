using Platform.Hosting.PredictionLog.Index;
using Platform.Hosting.PredictionLog.Tables;

namespace Platform.Monitor.Exports;

/// <summary>The predictions that go into a file.</summary>
/// <param name="Export">Reads them.</param>
/// <param name="Predictions">Where they lie, the newest first.</param>
/// <param name="Tables">How they are read.</param>
/// <param name="Schema">The file's columns.</param>
/// <param name="Dropped">How many more were found, whose records cannot be read.</param>
/// <param name="Next">Where the next file begins; null where there is none.</param>
internal sealed record ExportedPredictions(
    PredictionExport Export, IReadOnlyList<IndexedPrediction> Predictions, RecordTables Tables, RecordSchema Schema, int Dropped, string? Next)
{
    public async Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        var writer = await TableWriter.BeginAsync(Schema.Columns, target, cancellationToken);
        foreach (var prediction in Predictions)
        {
            if (await Export.ReadAsync(prediction, Tables, cancellationToken) is not { } table)
                continue;
            for (var row = 0; row < table.Rows; row++)
                await writer.AddAsync(Schema.Read(table.Row(row, Schema.Columns)), cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
