using System.Globalization;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;
using Platform.Inference.Telemetry;

namespace Platform.Inference.Scoring;

/// <summary>Has the rows of one job predicted, a batch after the other, behind whoever waits for an answer.</summary>
/// <param name="plane">Predicts.</param>
/// <param name="job">The job: the id of a prediction is its id and the number of the first row.</param>
/// <param name="features">Writes the rows.</param>
/// <param name="patience">How long to wait for the version. For room it is waited as long as it takes.</param>
/// <param name="time">The time.</param>
internal sealed class ScoringBatches(DataPlane plane, ScoringRecord job, FeatureCells features, TimeSpan patience, TimeProvider time)
{
    private const int MostDeaths = 20;
    private const string WorkerDied = "inference.worker_died";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromSeconds(1);

    private int _deaths;

    /// <summary>
    /// Ends when something has come of every row. A run that fails is tried again with half of the rows, until it is known which of them it fails on.
    /// </summary>
    /// <exception cref="ScoringFailedException">It cannot be told in time.</exception>
    public Task RunAsync(IReadOnlyList<ScoredRow> rows, CancellationToken stop) => RunAsync(rows, isHalf: false, stop);

    private async Task RunAsync(IReadOnlyList<ScoredRow> rows, bool isHalf, CancellationToken stop)
    {
        if (!rows.Any(row => row.IsOpen)) return;
        var id = string.Create(CultureInfo.InvariantCulture, $"{job.Id}.{rows[0].File.Number}{(isHalf ? $".{rows.Count}" : "")}");
        if (await AskAsync(id, rows, stop) is not { } error) return;
        if (rows is [var only])
        {
            only.Refuse(null, $"has no answer: {error.Detail}");
            return;
        }

        var half = rows.Count / 2;
        await RunAsync([.. rows.Take(half)], isHalf: true, stop);
        await RunAsync([.. rows.Skip(half)], isHalf: true, stop);
    }

    /// <summary>Why these rows together have no answer; null where they have one.</summary>
    private async Task<Error?> AskAsync(string id, IReadOnlyList<ScoredRow> rows, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var call = new ScoringCall(rows, features, stop);
            await plane.PredictAsync(call, job.Model, job.Version, Facts(id));
            stop.ThrowIfCancellationRequested();
            if (call.Error is not { } error || IsOfRows(error)) return call.Error;
            if (!PredictionErrors.IsForWantOfRoom(error) && time.GetElapsedTime(started) >= patience) throw new ScoringFailedException(error);
            await Task.Delay(pause, time, stop);
        }
    }

    /// <summary>Whether fewer rows may fare better. A model that dies again and again disturbs those who wait for it: then the job has to end.</summary>
    private bool IsOfRows(Error error)
    {
        if (error.Code == WorkerDied && ++_deaths > MostDeaths) throw new ScoringFailedException(error);
        return error.Code is "inference.run_failed" or "inference.answer_too_large" or WorkerDied;
    }

    private PredictionFacts Facts(string id) => new()
    {
        Id = id,
        RequestId = job.RequestId,
        Route = ModelEntry.RouteOf(job.Version),
        TraceParent = InferenceTracing.Parent,
        At = time.GetUtcNow(),
        Started = time.GetTimestamp(),
    };
}
