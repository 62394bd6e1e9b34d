using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Index;
using Platform.Hosting.PredictionLog.Tables;
using Platform.Monitor.Baselines;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Search;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Exports;

/// <summary>Finds the last predictions of a version for a file of them.</summary>
internal sealed class PredictionExport(
    PredictionIndex index, PredictionLookup predictions, BaselineCatalog baselines, VersionFinder versions, ILogger<PredictionExport> logger)
{
    /// <summary>
    /// What will be in the file: the records are read twice, first for their columns, so that none is kept in memory meanwhile. An error tells what
    /// keeps it from being written.
    /// </summary>
    public async Task<Result<ExportedPredictions>> PrepareAsync(string model, ExportQuery query, CancellationToken cancellationToken)
    {
        if (!ExportRange.Read(query).Succeeded(out var range, out var error))
            return error;
        if (!(await versions.FindAsync(model, range.Version, cancellationToken)).Succeeded(out var version, out error))
            return error;
        if (!index.IsBuilt)
            return SearchErrors.Indexing;
        var behind = range.After is { } after ? new LogPosition(after) : (LogPosition?)null;
        if (index.Newest(behind, prediction => Wants(prediction, version, range), range.Limit + 1) is not { } found)
            return ExportErrors.UnknownPage;
        try
        {
            return await PrepareAsync(version, found, range.Limit, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
        catch (IOException)
        {
            return SearchErrors.LogAway;
        }
    }

    /// <summary>A record's table, of which every row can be written; null where the log has dropped it, or it is not as a record is.</summary>
    public async ValueTask<RecordTable?> ReadAsync(IndexedPrediction prediction, RecordTables tables, CancellationToken cancellationToken)
    {
        try
        {
            if (await predictions.ReadAsync(prediction.Id, prediction.Position, cancellationToken) is not { } record)
                return null;
            var table = tables.Read(record);
            table.Check();
            return table;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            ExportLog.Unreadable(logger, prediction.Id, exception);
            return null;
        }
    }

    private async Task<ExportedPredictions> PrepareAsync(
        VersionKey version, IReadOnlyList<IndexedPrediction> found, int limit, CancellationToken cancellationToken)
    {
        var baseline = await baselines.GetAsync(version, cancellationToken);
        var (tables, schema, some) = (new RecordTables(baseline.Description), new RecordSchema(), found.Take(limit).ToArray());
        var readable = new List<IndexedPrediction>(some.Length);
        schema.Add(tables.Read(new PredictionLogged())); // a file without rows has the columns that every request has
        foreach (var prediction in some)
        {
            if (await ReadAsync(prediction, tables, cancellationToken) is not { } table)
                continue;
            schema.Add(table);
            readable.Add(prediction);
        }

        return new(this, readable, tables, schema, some.Length - readable.Count, found.Count > limit ? some[^1].Position.Token : null);
    }

    private static bool Wants(IndexedPrediction prediction, VersionKey version, ExportRange range) =>
        prediction.Model == version.Model && prediction.Version == version.Version && range.Holds(prediction.Time);
}
