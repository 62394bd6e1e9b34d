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
/// <param name="patience">How long to wait for the version, or for a process of its own to come back. For room it is waited as long as it takes.</param>
/// <param name="time">The time.</param>
internal sealed class ScoringBatches(DataPlane plane, ScoringRecord job, FeatureCells features, TimeSpan patience, TimeProvider time)
{
    private const int MostDeaths = 20, MostBusy = 5;

    /// <summary>A model that has answered none of so many batches and rows will answer none: each of them costs it two runs.</summary>
    private const int HopelessBatches = 2, HopelessRows = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromSeconds(1);

    private bool _hasAnswers = job.RowsDone > job.RowsFailed;
    private int _deaths;
    private int _unanswered;
    private int _batches;
    private int _most;
    private Error? _last;

    /// <summary>
    /// Ends when something has come of every row. A run that fails is tried again with half of the rows, until it is known which of them it fails on;
    /// so is one whose answer is too large, and then no more rows of the batch are asked at once than it fails on.
    /// </summary>
    /// <param name="batch">The rows.</param>
    /// <param name="done">Told of rows in their order as soon as something has come of them; it may leave their answers.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <exception cref="ScoringFailedException">It cannot be told in time, or the model answers nothing.</exception>
    public async Task RunAsync(ScoringBatch batch, Func<IReadOnlyList<ScoredRow>, Task> done, CancellationToken stop)
    {
        _most = batch.Rows.Count;
        var unanswered = _unanswered;
        await RunAsync(batch.Rows, batch.IsWhole, done, stop);
        if (_hasAnswers || _unanswered == unanswered) return;
        if (++_batches >= HopelessBatches && _unanswered >= HopelessRows)
            throw new ScoringFailedException(_last! with { Detail = $"The model has answered none of the first {batch.Rows[^1].File.Number + 1} rows: {_last.Detail}" });
    }

    private async Task RunAsync(IReadOnlyList<ScoredRow> rows, bool isWhole, Func<IReadOnlyList<ScoredRow>, Task> done, CancellationToken stop)
    {
        if (rows.Any(row => row.IsOpen))
        {
            var error = rows.Count > _most ? _last : await AskAsync(IdOf(rows, isWhole), rows, stop);
            if (error is not null && rows.Count > 1)
            {
                var half = rows.Count / 2;
                await RunAsync([.. rows.Take(half)], isWhole: false, done, stop);
                await RunAsync([.. rows.Skip(half)], isWhole: false, done, stop);
                return;
            }

            if (error is not null) Refuse(rows[0], error);
            else _hasAnswers |= rows.Any(row => row.Answer is not null);
        }

        await done(rows);
    }

    private void Refuse(ScoredRow row, Error error)
    {
        _unanswered++;
        row.Refuse(null, error.Code == PredictionErrors.AnswerTooLargeCode
            ? $"has no answer: it takes more than an answer may take, or more than the {ScoringCall.LargestAnswer} bytes of one in a result."
            : $"has no answer: {error.Detail}");
    }

    private string IdOf(IReadOnlyList<ScoredRow> rows, bool isWhole) =>
        string.Create(CultureInfo.InvariantCulture, $"{job.Id}.{rows[0].File.Number}{(isWhole ? "" : $".{rows.Count}")}");

    /// <summary>Why these rows together have no answer; null where they have one.</summary>
    private async Task<Error?> AskAsync(string id, IReadOnlyList<ScoredRow> rows, CancellationToken stop)
    {
        var busy = 0;
        long? since = null;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var call = new ScoringCall(rows, features, stop);
            await plane.PredictAsync(call, job.Model, job.Version, Facts(id));
            stop.ThrowIfCancellationRequested();
            if (call.Error is not { } error) return null;
            if (IsOfRows(error) || (error.Code == PredictionErrors.BusyCode && rows.Count > 1 && ++busy == MostBusy))
            {
                if (error.Code is PredictionErrors.AnswerTooLargeCode or PredictionErrors.BusyCode) _most = Math.Max(1, rows.Count / 2);
                return _last = error;
            }

            if (PredictionErrors.IsForWantOfRoom(error) && error.Code != PredictionErrors.WorkerAwayCode) since = null;
            else if (time.GetElapsedTime(since ??= time.GetTimestamp()) >= patience + (error.RetryAfter ?? TimeSpan.Zero)) throw new ScoringFailedException(error);
            await Task.Delay(pause, time, stop);
        }
    }

    /// <summary>Whether fewer rows may fare better. A model that dies again and again disturbs those who wait for it: then the job has to end.</summary>
    private bool IsOfRows(Error error)
    {
        if (error.Code == PredictionErrors.WorkerDiedCode && ++_deaths > MostDeaths) throw new ScoringFailedException(error);
        return error.Code is PredictionErrors.RunFailedCode or PredictionErrors.AnswerTooLargeCode or PredictionErrors.WorkerDiedCode;
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
