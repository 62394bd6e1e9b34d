using System.Diagnostics.Metrics;

namespace Platform.Monitor;

/// <summary>What the monitor tells <c>/metrics</c>.</summary>
internal sealed class MonitorMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.Monitor");
    private readonly Counter<long> _predictions;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _windows;
    private readonly Counter<long> _labels;
    private readonly Gauge<double> _driftedShare;
    private readonly Counter<long> _alerts;

    public MonitorMetrics()
    {
        _predictions = _meter.CreateCounter<long>("platform.monitor.predictions", "{row}", "Predictions counted in windows.");
        _unreadable = _meter.CreateCounter<long>("platform.monitor.unreadable", "{record}", "Records of the prediction log passed over.");
        _windows = _meter.CreateCounter<long>("platform.monitor.windows", "{window}", "Windows closed.");
        _labels = _meter.CreateCounter<long>("platform.monitor.labels", "{label}",
            "Labels taken in, by outcome: accepted, unknown (held for a prediction to come), dropped (held too long) or refused.");
        _driftedShare = _meter.CreateGauge<double>(
            "platform.monitor.drifted_share", "1", "Share of drifted features in the latest window.");
        _alerts = _meter.CreateCounter<long>("platform.monitor.alerts", "{alert}", "Alerts raised.");
    }

    public void Counted(VersionKey version, int rows) => _predictions.Add(rows, Tags(version));

    public void Unreadable() => _unreadable.Add(1);

    public void WindowClosed(VersionKey version, double? driftedShare)
    {
        _windows.Add(1, Tags(version));
        if (driftedShare is { } share)
            _driftedShare.Record(share, Tags(version));
    }

    public void Labels(string outcome, int count)
    {
        if (count > 0)
            _labels.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }

    public void AlertRaised(VersionKey version, string rule) =>
        _alerts.Add(1, [.. Tags(version), new KeyValuePair<string, object?>("rule", rule)]);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?>[] Tags(VersionKey version) =>
        [new("model", version.Model), new("version", version.Version)];
}
