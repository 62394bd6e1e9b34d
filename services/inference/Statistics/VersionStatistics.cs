using System.Numerics;
using Platform.Contracts.Inference;
using Platform.Inference.Batching;
using Platform.Inference.Protocol;
using Platform.Inference.Requests;

namespace Platform.Inference.Statistics;

/// <summary>
/// What the protocol's statistics extension tells of one version since it was loaded. Durations of a run count once for every
/// request in it, as in Triton; the runs themselves are counted by their size.
/// </summary>
internal sealed class VersionStatistics(TimeProvider time)
{
    private const int MaxExactSize = 256;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, RunTallies> _runs = [];
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
                [.. _runs.Select(run => run.Value.Read(run.Key))],
                [memory]);
        }
    }

    /// <summary>
    /// Sizes are callers' to choose and there may be millions of them: beyond <see cref="MaxExactSize"/> they are counted under the
    /// next power of two.
    /// </summary>
    private static int SizeClass(int rows) => rows <= MaxExactSize ? rows : (int)Math.Min(int.MaxValue, BitOperations.RoundUpToPowerOf2((uint)rows));

    private void Add(in BatchTimings timings)
    {
        var times = timings.Between(time);
        _queue = _queue.With(times.Queue);
        _input = _input.With(times.ComputeInput);
        _infer = _infer.With(times.ComputeInfer);
        _output = _output.With(times.ComputeOutput);
        if (!timings.LeadsRun) return;

        _executions++;
        var size = SizeClass(times.BatchSize);
        if (!_runs.TryGetValue(size, out var runs)) _runs.Add(size, runs = new RunTallies());
        runs.Add(times);
    }

    /// <summary>The runs of one size; changed in place, so that counting allocates nothing.</summary>
    private sealed class RunTallies
    {
        private Tally _input, _infer, _output;

        public void Add(in RunTimes times) => (_input, _infer, _output) =
            (_input.With(times.ComputeInput), _infer.With(times.ComputeInfer), _output.With(times.ComputeOutput));

        public RunStatistics Read(int size) => new(size, _input, _infer, _output);
    }
}
