using System.Diagnostics.Metrics;
using Platform.Hosting.Telemetry;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>What jobs tell <c>/metrics</c>. What waits and runs is counted over all processes, so each of them tells the same.</summary>
internal sealed class JobMetrics : IDisposable
{
    private const string FinishedName = "platform.inference.jobs_finished";
    private const string DurationName = "platform.inference.job_duration";

    // Succeeded, failed and cancelled.
    private const int EndsPerModel = 3;

    private readonly Meter _meter = new("Platform.Inference.Jobs");
    private readonly Counter<long> _finished;
    private readonly Histogram<double> _duration;

    public JobMetrics(JobLoad load, TimeProvider time)
    {
        _finished = _meter.CreateCounter<long>(FinishedName, "{job}", "Jobs that this process ended, by state.");
        _duration = _meter.CreateHistogram<double>(DurationName, "s", "Time from a job's submission to its end.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 3600] });
        _meter.CreateObservableGauge("platform.inference.jobs", () => States(load), "{job}", "Jobs that have not ended, by state.");
        _meter.CreateObservableGauge("platform.inference.jobs_oldest_queued",
            () => load.OldestQueuedAt is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0, "s",
            "Age of the job that waits longest.");
    }

    /// <summary>Makes room for the series of many models.</summary>
    public static void AddSeries(IServiceCollection services) =>
        services.AddVersionSeries(perVersion: 1, DurationName).AddVersionSeries(EndsPerModel, FinishedName);

    public void Finished(JobRecord job)
    {
        var model = new KeyValuePair<string, object?>("model", job.Model);
        _finished.Add(1, model, new("state", job.State));
        _duration.Record(Math.Max(0, (job.FinishedAt!.Value - job.CreatedAt).TotalSeconds), model);
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> States(JobLoad load) =>
    [
        new(load.Queued, new KeyValuePair<string, object?>("state", WorkState.Queued)),
        new(load.Running, new KeyValuePair<string, object?>("state", WorkState.Running)),
    ];
}
