using Platform.Contracts.Inference;
using Platform.Inference.Batching;
using Platform.Inference.Predictions;

namespace Platform.Inference.Statistics;

/// <summary>
/// What the protocol's statistics extension tells of one version since it was loaded. Durations of a run count once for every
/// request in it, as in Triton; the runs themselves are counted by their size.
/// </summary>
internal sealed class VersionStatistics(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, RunStatistics> _runs = [];
    private DateTimeOffset? _lastInference;
    private long _inferences;
    private long _executions;
    private Tally _success, _fail, _queue, _input, _infer, _output;

    /// <summary>Counts a prediction that has ended.</summary>
    public void Add(Prediction prediction)
    {
        ref readonly var timings = ref prediction.Item.Timings;
        var total = time.GetElapsedTime(prediction.Facts.Started, prediction.Facts.Ended);
        lock (_gate)
        {
            _lastInference = prediction.Facts.At;
            if (prediction.Status == PredictionStatus.Succeeded) _success = _success.With(total);
            else _fail = _fail.With(total);
            if (timings.BatchRows == 0) return;
            _inferences += prediction.Request.Rows;
            Add(timings);
        }
    }

    public StatisticsSnapshot Read(string model, string version, MemoryUsage memory)
    {
        lock (_gate)
        {
            return new StatisticsSnapshot(
                model, version, _lastInference?.ToUnixTimeMilliseconds() ?? 0, _inferences, _executions,
                new InferenceStatistics(_success, _fail, _queue, _input, _infer, _output, default, default),
                new Dictionary<string, object>(),
                [.. _runs.Values],
                [memory]);
        }
    }

    private void Add(in BatchTimings timings)
    {
        var input = time.GetElapsedTime(timings.Taken, timings.ComputeStarted);
        var infer = time.GetElapsedTime(timings.ComputeStarted, timings.ComputeEnded);
        var output = time.GetElapsedTime(timings.ComputeEnded, timings.Completed);
        _queue = _queue.With(time.GetElapsedTime(timings.Queued, timings.Taken));
        _input = _input.With(input);
        _infer = _infer.With(infer);
        _output = _output.With(output);
        if (!timings.LeadsRun) return;

        _executions++;
        var run = _runs.GetValueOrDefault(timings.BatchRows, new RunStatistics(timings.BatchRows, default, default, default));
        _runs[timings.BatchRows] = run with
        {
            ComputeInput = run.ComputeInput.With(input),
            ComputeInfer = run.ComputeInfer.With(infer),
            ComputeOutput = run.ComputeOutput.With(output),
        };
    }
}
