using System.Diagnostics;
using Platform.Bench.Serving;
using Platform.Contracts.Inference;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;

namespace Platform.Bench.Stages;

/// <summary>Takes requests through the service's own stages one after the other, as its endpoint does between two sockets.</summary>
internal sealed class StagesRun
{
    private const int Rounds = 10;

    // Until the runtime has compiled everything for good.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly LoadedVersion _version;
    private readonly Cell _cell;

    // Made once: a delegate made for every request would count as its allocation.
    private readonly (Stage Stage, Action<Prediction> Work)[] _finish;

    public StagesRun(StagesHost host, LoadedVersion version, Cell cell)
    {
        (_version, _cell) = (version, cell);
        var (recorder, metrics) = (host.Recorder, host.Metrics);
        _finish =
        [
            (Stage.Format, prediction => WriteAnswer(cell, version, prediction)),
            (Stage.Record, prediction => recorder.Record(version, prediction)),
            (Stage.Count, prediction =>
            {
                metrics.Ended(version, prediction);
                version.Statistics.Add(prediction);
            }),
            (Stage.Return, version.Predictions.Return),
        ];
    }

    /// <summary>Durations and allocations by stage. Reading the clock and the allocations costs a request a few tenths of a microsecond.</summary>
    public async Task<StageTimes> MeasureAsync(int requests)
    {
        var (unused, started) = (new StageTimes(1), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < WarmUp) await CallAsync(unused, 0);
        var times = new StageTimes(requests);
        for (var i = 0; i < requests; i++) await CallAsync(times, i);
        return times;
    }

    /// <summary>
    /// Bytes that a request allocates in all, on whichever thread: the lowest of several rounds, because what the process does
    /// beside the requests only adds.
    /// </summary>
    public async Task<double> AllocatedAsync(int requests)
    {
        var lowest = double.MaxValue;
        for (var round = 0; round < Rounds; round++) lowest = Math.Min(lowest, await AllocatedInRoundAsync(requests / Rounds));
        return lowest;
    }

    private async Task<double> AllocatedInRoundAsync(int requests)
    {
        var unused = new StageTimes(1);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < requests; i++) await CallAsync(unused, 0);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / requests;
    }

    private async ValueTask CallAsync(StageTimes times, int request)
    {
        var prediction = Take(times, request);
        Parse(times, request, prediction);
        var queued = Stopwatch.GetTimestamp();
        var result = await QueuedRun.RunAsync(_version, prediction, TimeProvider.System);
        Waited(times, request, prediction, queued);
        if (result.Status != BatchStatus.Completed) throw new InvalidOperationException($"{_cell.Name}: {result.Problem}");
        Finish(times, request, prediction);
    }

    private Prediction Take(StageTimes times, int request)
    {
        var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var prediction = _version.Predictions.Rent();
        prediction.Begin(new PredictionFacts { Id = "bench", RequestId = "bench", Route = "champion", At = DateTimeOffset.UtcNow, Started = started }, CancellationToken.None);
        prediction.Body.Write(_cell.Body);
        times.Add(request, Stage.Take, started, Stopwatch.GetTimestamp());
        times.AddBytes(request, Stage.Take, allocated);
        return prediction;
    }

    private void Parse(StageTimes times, int request, Prediction prediction)
    {
        var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var refusal = _cell.IsByName
            ? RowForm.Read(prediction.Body.Written, jsonLength: null, _version, prediction)
            : TensorForm.Read(prediction.Body.Written, _cell.JsonLength, _version, prediction);
        if (refusal is not null) throw new InvalidOperationException($"{_cell.Name}: {refusal.Detail}");
        prediction.TakeInputs(prediction.Body.Written, _version.Records);
        times.Add(request, Stage.Parse, started, Stopwatch.GetTimestamp());
        times.AddBytes(request, Stage.Parse, allocated);
    }

    private static void WriteAnswer(Cell cell, LoadedVersion version, Prediction prediction)
    {
        if (cell.IsByName) RowForm.WriteAnswer(version, prediction, TimeProvider.System);
        else TensorForm.WriteAnswer(version, prediction, TimeProvider.System);
    }

    private static void Waited(StageTimes times, int request, Prediction prediction, long queued)
    {
        var back = Stopwatch.GetTimestamp();
        ref readonly var timings = ref prediction.Item.Timings;
        times.Add(request, Stage.Queue, queued, timings.ComputeStarted);
        times.Add(request, Stage.Run, timings.ComputeStarted, timings.ComputeEnded);
        times.Add(request, Stage.HandBack, timings.ComputeEnded, back);
    }

    private void Finish(StageTimes times, int request, Prediction prediction)
    {
        prediction.End(PredictionStatus.Succeeded);
        prediction.Facts.Ended = Stopwatch.GetTimestamp();
        foreach (var (stage, work) in _finish) Do(times, request, stage, prediction, work);
    }

    private static void Do(StageTimes times, int request, Stage stage, Prediction prediction, Action<Prediction> work)
    {
        var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        work(prediction);
        times.Add(request, stage, started, Stopwatch.GetTimestamp());
        times.AddBytes(request, stage, allocated);
    }
}
