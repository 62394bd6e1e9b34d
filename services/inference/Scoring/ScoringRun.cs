using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>
/// Takes a job from where it stands to its last row. What has come of rows is stored part by part, each together with how far the job has come, so that
/// whoever goes on after a death begins behind the last part: no row is twice in the result, and none is missing.
/// </summary>
internal sealed class ScoringRun(
    ScoringStore store, ScoringRoom room, DataPlane plane, OnDemand onDemand, DeploymentSync deployments, IOptions<ScoringOptions> options, TimeProvider time)
{
    /// <summary>A batch of long rows is cut here, always at the same row, and a part of long answers behind the row that goes beyond, also within a batch.</summary>
    private const int BatchBytes = 1 << 20, PartBytes = 4 << 20;

    /// <summary>How long its owner hears nothing of a slow job.</summary>
    private static readonly TimeSpan LongestPart = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="RowFileException">The file cannot be read.</exception>
    /// <exception cref="ScoringFailedException">The version is not to be had, or there is no room for the result.</exception>
    /// <exception cref="ScoringEndedException">Somebody else has ended the job, or taken it over.</exception>
    public async Task RunAsync(Document<ScoringRecord> begun, CancellationToken stop)
    {
        await deployments.FirstPass.WaitAsync(stop);
        var version = await FindAsync(begun.Value, stop);
        await RunAsync(await SurveyAsync(begun, version, stop), version, stop);
    }

    private async Task<ScoredVersion> FindAsync(ScoringRecord job, CancellationToken stop)
    {
        for (var started = time.GetTimestamp(); ; await Task.Delay(Pause, time, stop))
        {
            if ((await onDemand.AcquireAsync(job.Model, job.Version, stop)).Succeeded(out var version, out var error))
            {
                try
                {
                    return ScoredVersion.Of(version);
                }
                finally
                {
                    version.Release(); // each batch takes a lease of its own
                }
            }

            if (time.GetElapsedTime(started) >= options.Value.Patience) throw new ScoringFailedException(error);
        }
    }

    /// <summary>Reads the file through once, before the first row is scored: a file that cannot be read to its end fails at once.</summary>
    private async Task<Document<ScoringRecord>> SurveyAsync(Document<ScoringRecord> known, ScoredVersion version, CancellationToken stop)
    {
        if (known.Value.RowsTotal is not null) return known;
        await using var file = await OpenAsync(known.Value, stop);
        var rows = 0L;
        await foreach (var _ in file.ReadAsync(stop)) rows++;
        if (file.Columns.Count == 0) throw new RowFileException("The file has no rows.");
        _ = FeatureCells.Find(file.Columns, version.Rows);
        var surveyed = known.Value with { FileColumns = [.. file.Columns], Columns = ResultColumn.Of(file.Columns, version), RowsTotal = rows };
        if (!await store.TryPutAsync(surveyed, known.Revision, stop)) throw new ScoringEndedException();
        return new(known.Id, known.Revision + 1, surveyed);
    }

    private async Task RunAsync(Document<ScoringRecord> job, ScoredVersion version, CancellationToken stop)
    {
        var known = job.Value;
        var features = FeatureCells.Find(known.FileColumns!, version.Rows);
        var batches = new ScoringBatches(plane, known, features, options.Value.Patience, time);
        var part = new ResultPart(known.Columns!, known.FileColumns!, version.Outputs);
        var progress = new ScoringProgress(store, room, job, part, options.Value.MaxErrors, time);
        await foreach (var batch in ReadAsync(known, stop))
        {
            await batches.RunAsync(batch, KeepAsync, stop);
            if (part.Rows > 0 && (part.Rows >= options.Value.PartRows || progress.SinceStored >= LongestPart)) await progress.StoreAsync(stop);
        }

        if (part.Rows > 0) await progress.StoreAsync(stop);

        async Task KeepAsync(IReadOnlyList<ScoredRow> rows)
        {
            foreach (var row in rows)
            {
                part.Add(row);
                row.Drop();
                if (part.Bytes >= PartBytes) await progress.StoreAsync(stop);
            }
        }
    }

    /// <summary>The rows that nothing has come of yet, in batches, which begin and end at the same rows whoever goes on where.</summary>
    private async IAsyncEnumerable<ScoringBatch> ReadAsync(
        ScoringRecord job, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var file = await OpenAsync(job, stop);
        var (rows, count, bytes) = (new List<ScoredRow>(), 0, 0L);
        await foreach (var row in file.ReadAsync(stop))
        {
            if (row.Number >= job.RowsDone) rows.Add(new(row));
            (count, bytes) = (count + 1, bytes + row.Bytes);
            if (count < job.BatchRows && bytes < BatchBytes) continue;
            if (rows.Count > 0) yield return new(rows, IsWhole: rows.Count == count);
            (rows, count, bytes) = ([], 0, 0);
        }

        if (rows.Count > 0) yield return new(rows, IsWhole: rows.Count == count);
    }

    private Task<RowFile> OpenAsync(ScoringRecord job, CancellationToken stop) =>
        RowFile.OpenAsync(job.Format, new PieceStream(store, job.Id, job.Pieces), job.FileColumns, stop);
}
