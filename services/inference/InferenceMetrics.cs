using System.Diagnostics.Metrics;
using Platform.Inference.Models;
using Platform.Inference.Predictions;

namespace Platform.Inference;

/// <summary>What inference tells <c>/metrics</c>, by model and version.</summary>
internal sealed class InferenceMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.Inference");
    private readonly TimeProvider _time;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _compute;
    private readonly Histogram<double> _total;
    private readonly Histogram<int> _batchSize;

    public InferenceMetrics(TimeProvider time, ModelTable models)
    {
        _time = time;
        _requests = _meter.CreateCounter<long>("platform.inference.requests", "{request}", "Infer requests by outcome.");
        _queue = Duration("platform.inference.queue", "Time that a request waited for a runner.");
        _compute = Duration("platform.inference.compute", "Time of a run inside the runtime.");
        _total = Duration("platform.inference.duration", "Time from a request's arrival to the end of its reply.");
        _batchSize = _meter.CreateHistogram<int>("platform.inference.batch_size", "{row}", "Rows of a run.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        // Observed, so that a version that lost none says 0, and the first that it loses is seen as a step.
        _meter.CreateObservableCounter(
            "platform.inference.records_lost", () => RecordsLost(models), "{record}", "Predictions that could not be recorded.");
        _meter.CreateObservableGauge("platform.inference.waiting", () => Waiting(models), "{request}", "Requests that wait for a runner.");
        _meter.CreateObservableGauge("platform.inference.running", () => Running(models), "{run}", "Runs in progress.");
        _meter.CreateObservableGauge("platform.inference.loaded", () => Loaded(models), "{version}", "1 for every version that serves.");
    }

    public void Ended(LoadedVersion version, Prediction prediction)
    {
        var tags = version.Tags;
        _requests.Add(1, tags.Model, tags.Version, new("outcome", prediction.Status));
        _total.Record(Seconds(prediction.Facts.Started, prediction.Facts.Ended), tags.Model, tags.Version);
        ref readonly var timings = ref prediction.Item.Timings;
        if (timings.BatchRows == 0) return;
        _queue.Record(Seconds(timings.Queued, timings.Taken), tags.Model, tags.Version);
        if (!timings.LeadsRun) return;
        _compute.Record(Seconds(timings.ComputeStarted, timings.ComputeEnded), tags.Model, tags.Version);
        _batchSize.Record(timings.BatchRows, tags.Model, tags.Version);
    }

    public void Dispose() => _meter.Dispose();

    private Histogram<double> Duration(string name, string description) => _meter.CreateHistogram(name, "s", description,
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
                [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
        });

    private double Seconds(long from, long to) => _time.GetElapsedTime(from, to).TotalSeconds;

    private static IEnumerable<Measurement<long>> RecordsLost(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<long>(version.RecordsLost, version.Tags.Model, version.Tags.Version));

    private static IEnumerable<Measurement<int>> Waiting(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<int>(version.Batcher.Waiting, version.Tags.Model, version.Tags.Version));

    private static IEnumerable<Measurement<int>> Running(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<int>(version.Batcher.Running, version.Tags.Model, version.Tags.Version));

    private static IEnumerable<Measurement<int>> Loaded(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<int>(1, version.Tags.Model, version.Tags.Version, new("provider", version.Provider)));
}
