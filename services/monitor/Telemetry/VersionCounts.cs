using System.Collections.Concurrent;

namespace Platform.Monitor.Telemetry;

/// <summary>What has been counted of a version in this process, and what its latest windows say.</summary>
/// <param name="rules">The rules that hold without configuration.</param>
internal sealed class VersionCounts(IEnumerable<string> rules)
{
    private readonly ConcurrentDictionary<string, long> _alerts = new(rules.ToDictionary(rule => rule, _ => 0L), StringComparer.Ordinal);
    private long _predictions;
    private long _windows;
    private volatile object? _driftedShare;
    private volatile object? _labelCoverage;

    public long Predictions => Volatile.Read(ref _predictions);

    public long Windows => Volatile.Read(ref _windows);

    /// <summary>Of the latest window that could be checked; null before the first.</summary>
    public double? DriftedShare => (double?)_driftedShare;

    /// <summary>Of the window that got labels last; null before the first.</summary>
    public double? LabelCoverage => (double?)_labelCoverage;

    /// <summary>Alerts raised, by rule: the rules that hold without configuration, and those that were broken.</summary>
    public IEnumerable<KeyValuePair<string, long>> Alerts => _alerts;

    public void Counted(int rows) => Interlocked.Add(ref _predictions, rows);

    public void WindowClosed(double? driftedShare)
    {
        Interlocked.Increment(ref _windows);
        if (driftedShare is not null)
            _driftedShare = driftedShare;
    }

    public void Labelled(double coverage) => _labelCoverage = coverage;

    public void AlertRaised(string rule) => _alerts.AddOrUpdate(rule, 1, (_, count) => count + 1);
}
