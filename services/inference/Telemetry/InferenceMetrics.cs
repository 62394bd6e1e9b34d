using System.Diagnostics.Metrics;
using Platform.Hosting.Telemetry;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Requests;
using Platform.Inference.Statistics;
using Platform.Onnx.Workers;

namespace Platform.Inference.Telemetry;

/// <summary>
/// What inference tells <c>/metrics</c>, by model and version. What can be is observed of the versions that serve: a series ends with
/// its version, and begins at 0, so that the first step of a counter is seen. The others are <see cref="VersionHistograms"/>.
/// </summary>
internal sealed class InferenceMetrics : IDisposable
{
    private const string RequestsName = "platform.inference.requests";
    private const string RecordsLostName = "platform.inference.records_lost";
    private const string WaitingName = "platform.inference.waiting";
    private const string RunningName = "platform.inference.running";
    private const string LoadedName = "platform.inference.loaded";

    private const string WorkersName = "platform.inference.workers";
    private const string WorkerDeathsName = "platform.inference.worker_deaths";
    private const string WorkerRestartsName = "platform.inference.worker_restarts";
    private const string WorkerMemoryName = "platform.inference.worker_memory";

    private readonly Meter _meter = new("Platform.Inference");
    private readonly TimeProvider _time;
    private readonly VersionHistograms _histograms;

    public InferenceMetrics(TimeProvider time, ModelTable models)
    {
        _time = time;
        _histograms = new VersionHistograms(() => models.Loaded.Count());
        _meter.CreateObservableCounter(RequestsName, () => Requests(models), "{request}", "Infer requests by outcome.");
        _meter.CreateObservableCounter(RecordsLostName, () => RecordsLost(models), "{record}", "Predictions that could not be recorded.");
        _meter.CreateObservableGauge(WaitingName, () => Waiting(models), "{request}", "Requests that wait for a runner.");
        _meter.CreateObservableGauge(RunningName, () => Running(models), "{run}", "Runs in progress.");
        _meter.CreateObservableGauge(LoadedName, () => Loaded(models), "{version}", "1 for every version that serves.");
        _meter.CreateObservableGauge(WorkersName, () => Workers(models, worker => worker.IsRunning ? 1 : 0), "{process}",
            "Of versions that run in a process of their own: 1 while it works, 0 while it is being started again.");
        _meter.CreateObservableCounter(WorkerDeathsName, () => WorkerDeaths(models), "{process}", "Deaths of versions' own processes, by cause.");
        _meter.CreateObservableCounter(WorkerRestartsName, () => Workers(models, worker => worker.Restarts), "{process}",
            "How often versions' own processes were started again.");
        _meter.CreateObservableGauge(WorkerMemoryName, () => Workers(models, worker => worker.MemoryBytes), "By",
            "Memory that versions' own processes have for themselves.");
    }

    /// <summary>Makes room for the series of many versions.</summary>
    public static void AddSeries(IServiceCollection services)
    {
        services.AddVersionSeries(perVersion: 1, RecordsLostName, WaitingName, RunningName, LoadedName, WorkersName, WorkerRestartsName, WorkerMemoryName)
            .AddVersionSeries(OutcomeCounts.Kinds, RequestsName).AddVersionSeries(WorkerDeath.Causes.Count, WorkerDeathsName);
        VersionHistograms.AddSeries(services);
    }

    public void Ended(LoadedVersion version, Prediction prediction)
    {
        var tags = version.Tags;
        var histograms = _histograms.Of(version.Measured);
        version.Outcomes.Add(prediction.Status);
        histograms.Total.Record(Seconds(prediction.Facts.Started, prediction.Facts.Ended), tags.Model, tags.Version);
        ref readonly var timings = ref prediction.Item.Timings;
        if (timings.BatchRows == 0) return;
        histograms.Queue.Record(Seconds(timings.Queued, timings.Taken), tags.Model, tags.Version);
        if (!timings.LeadsRun) return;
        histograms.Compute.Record(Seconds(timings.ComputeStarted, timings.ComputeEnded), tags.Model, tags.Version);
        histograms.BatchSize.Record(timings.BatchRows, tags.Model, tags.Version);
    }

    public void Dispose()
    {
        _histograms.Dispose();
        _meter.Dispose();
    }

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

    private static IEnumerable<Measurement<long>> Workers(ModelTable models, Func<WorkerStatus, long> measure) =>
        models.Loaded.Where(version => version.Worker is not null)
            .Select(version => new Measurement<long>(measure(version.Worker!), version.Tags.Model, version.Tags.Version));

    private static IEnumerable<Measurement<long>> WorkerDeaths(ModelTable models) => models.Loaded.SelectMany(version => version.Worker?.Deaths.Select(
        cause => new Measurement<long>(cause.Value, version.Tags.Model, version.Tags.Version, new("cause", cause.Key))) ?? []);
}
