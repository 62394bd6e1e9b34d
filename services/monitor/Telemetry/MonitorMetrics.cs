using System.Diagnostics.Metrics;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Telemetry;

/// <summary>What the monitor tells <c>/metrics</c>. Counters begin at zero where their tags are known, so that no first step is missed.</summary>
internal sealed class MonitorMetrics : IDisposable
{
    private static readonly string[] LabelOutcomes = ["accepted", "unknown", "dropped", "refused"];

    private readonly Meter _meter = new("Platform.Monitor");
    private readonly TimeProvider _time;
    private readonly Counter<long> _records;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _labels;
    private readonly VersionMetrics _versions;
    private volatile IReadOnlyList<Measurement<int>> _openAlerts = [];
    private long _newest;

    public MonitorMetrics(TimeProvider time, VersionMetrics versions)
    {
        (_time, _versions) = (time, versions);
        _records = _meter.CreateCounter<long>("platform.monitor.records", "{record}", "Records of the prediction log read.");
        _unreadable = _meter.CreateCounter<long>("platform.monitor.unreadable", "{record}", "Records of the prediction log passed over.");
        _labels = _meter.CreateCounter<long>("platform.monitor.labels", "{label}",
            "Labels and reported outcomes by what became of them: accepted, unknown (held for a prediction to come), dropped (held too long) or refused.");
        _meter.CreateObservableGauge("platform.monitor.open_alerts", () => _versions.AreWatched ? _openAlerts : [], "{alert}", "Alerts that are not resolved.");
        _meter.CreateObservableGauge("platform.monitor.newest_record_age", Age, "s", "Time since the newest record read came in.");
        BeginAtZero();
    }

    /// <summary>Notes records that were read, the newest of which came in at <paramref name="newest"/>.</summary>
    public void Read(int records, DateTimeOffset? newest)
    {
        _records.Add(records);
        if (newest is { } at)
            Interlocked.Exchange(ref _newest, at.UtcTicks);
    }

    public void Unreadable() => _unreadable.Add(1);

    public void Counted(VersionKey version, int rows) => _versions.Of(version).Counted(rows);

    public void WindowClosed(VersionKey version, double? driftedShare) => _versions.Of(version).WindowClosed(driftedShare);

    public void Labelled(VersionKey version, double coverage) => _versions.Of(version).Labelled(coverage);

    public void Labels(string outcome, int count) => _labels.Add(count, new KeyValuePair<string, object?>("outcome", outcome));

    public void AlertRaised(VersionKey version, string rule) => _versions.Of(version).AlertRaised(rule);

    /// <summary>Says which alerts are open now.</summary>
    public void AlertsOpen(IEnumerable<(string Severity, string Rule)> open) => _openAlerts =
    [
        .. open.GroupBy(alert => alert).Select(group => new Measurement<int>(
            group.Count(), new KeyValuePair<string, object?>("severity", group.Key.Severity), Rule(group.Key.Rule))),
    ];

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Rule(string id) => new("rule", id);

    private IEnumerable<Measurement<double>> Age()
    {
        var newest = Interlocked.Read(ref _newest);
        return newest == 0 ? [] : [new(TimeSpan.FromTicks(_time.GetUtcNow().UtcTicks - newest).TotalSeconds)];
    }

    private void BeginAtZero()
    {
        _records.Add(0);
        _unreadable.Add(0);
        foreach (var outcome in LabelOutcomes)
            Labels(outcome, 0);
    }
}
