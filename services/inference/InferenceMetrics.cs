using System.Diagnostics.Metrics;
using Platform.Hosting.Telemetry;
using Platform.Inference.Models;
using Platform.Inference.Predictions;

namespace Platform.Inference;

/// <summary>
/// What inference tells <c>/metrics</c>, by model and version. What can be is observed of the versions that serve: a series ends with
/// its version, and begins at 0, so that the first step of a counter is seen.
/// </summary>
internal sealed class InferenceMetrics : IDisposable
{
    private const string QueueName = "platform.inference.queue";
    private const string ComputeName = "platform.inference.compute";
    private const string TotalName = "platform.inference.duration";
    private const string BatchSizeName = "platform.inference.batch_size";
    private const string RequestsName = "platform.inference.requests";
    private const string RecordsLostName = "platform.inference.records_lost";
    private const string WaitingName = "platform.inference.waiting";
    private const string RunningName = "platform.inference.running";
    private const string LoadedName = "platform.inference.loaded";

    private readonly Meter _meter = new("Platform.Inference");
    private readonly TimeProvider _time;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _compute;
    private readonly Histogram<double> _total;
    private readonly Histogram<int> _batchSize;

    public InferenceMetrics(TimeProvider time, ModelTable models)
    {
        _time = time;
        _queue = Duration(QueueName, "Time that a request waited for a runner.");
        _compute = Duration(ComputeName, "Time of a run inside the runtime.");
        _total = Duration(TotalName, "Time from a request's arrival to the end of its reply.");
        _batchSize = _meter.CreateHistogram<int>(BatchSizeName, "{row}", "Rows of a run.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        _meter.CreateObservableCounter(RequestsName, () => Requests(models), "{request}", "Infer requests by outcome.");
        _meter.CreateObservableCounter(RecordsLostName, () => RecordsLost(models), "{record}", "Predictions that could not be recorded.");
        _meter.CreateObservableGauge(WaitingName, () => Waiting(models), "{request}", "Requests that wait for a runner.");
        _meter.CreateObservableGauge(RunningName, () => Running(models), "{run}", "Runs in progress.");
        _meter.CreateObservableGauge(LoadedName, () => Loaded(models), "{version}", "1 for every version that serves.");
    }

    /// <summary>Makes room for the series of many versions.</summary>
    public static void AddSeries(IServiceCollection services) => services
        .AddVersionSeries(perVersion: 1, QueueName, ComputeName, TotalName, BatchSizeName, RecordsLostName, WaitingName, RunningName, LoadedName)
        .AddVersionSeries(OutcomeCounts.Kinds, RequestsName);

    public void Ended(LoadedVersion version, Prediction prediction)
    {
        var tags = version.Tags;
        version.Outcomes.Add(prediction.Status);
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

    private static IEnumerable<Measurement<long>> Requests(ModelTable models) => models.Loaded.SelectMany(version => version.Outcomes.All.Select(
        kind => new Measurement<long>(kind.Count, version.Tags.Model, version.Tags.Version, new("outcome", kind.Outcome))));

    private static IEnumerable<Measurement<long>> RecordsLost(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<long>(version.RecordsLost, version.Tags.Model, version.Tags.Version));

    private static IEnumerable<Measurement<int>> Waiting(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<int>(version.Batcher.Waiting, version.Tags.Model, version.Tags.Version));

    private static IEnumerable<Measurement<int>> Running(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<int>(version.Batcher.Running, version.Tags.Model, version.Tags.Version));

    private static IEnumerable<Measurement<int>> Loaded(ModelTable models) => models.Loaded.Select(version =>
        new Measurement<int>(1, version.Tags.Model, version.Tags.Version, new("provider", version.Provider)));
}
