using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.PredictionLog.Tables;

namespace Platform.Monitor.Exports;

/// <summary>Writes labels as lines of JSON, or as a table.</summary>
internal static class LabelFile
{
    private static readonly TableColumn[] Columns =
    [
        new("prediction_id", TableType.Text), new("version", TableType.Text), new("label", TableType.Text), new("at", TableType.Time),
        new("source", TableType.Text), new("by", TableType.Text),
    ];

    public static async Task WriteLinesAsync(IReadOnlyList<ExportedLabel> labels, Stream target, CancellationToken cancellationToken)
    {
        foreach (var label in labels)
        {
            await JsonSerializer.SerializeAsync(target, label, PlatformJson.Tolerant, cancellationToken);
            await target.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    public static async Task WriteTableAsync(IReadOnlyList<ExportedLabel> labels, Stream target, CancellationToken cancellationToken)
    {
        var writer = await TableWriter.BeginAsync(Columns, target, cancellationToken);
        foreach (var label in labels)
        {
            object?[] cells = [label.PredictionId, label.Version, label.Label, label.At.UtcDateTime, label.Source, label.By];
            await writer.AddAsync(cells, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
