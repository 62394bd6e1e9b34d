using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Platform.Hosting.Telemetry;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Telemetry;

/// <summary>
/// The series of versions, observed of those that serve: a version's drift is not shown for ever after it, and its counters begin at
/// 0, so that no first step is missed.
/// </summary>
internal sealed class VersionMetrics : IDisposable
{
    private const string Predictions = "platform.monitor.predictions";
    private const string Windows = "platform.monitor.windows";
    private const string Alerts = "platform.monitor.alerts";
    private const string DriftedShare = "platform.monitor.drifted_share";
    private const string LabelCoverage = "platform.monitor.label_coverage";

    // The six rules that are there from the start, and as many of an operator's own.
    private const int RulesPerVersion = 12;

    private readonly Meter _meter = new("Platform.Monitor.Versions");
    private readonly ConcurrentDictionary<VersionKey, VersionCounts> _counts = [];
    private readonly ServingVersions _serving;
    private readonly Func<bool> _isActive;
    private readonly IReadOnlyCollection<string> _rules;
    private readonly VersionCounts _none;

    /// <summary>
    /// For what serves; <paramref name="isActive"/> says whether this is the replica that watches it, <paramref name="rules"/> which
    /// rules hold without configuration.
    /// </summary>
    public VersionMetrics(ServingVersions serving, Func<bool> isActive, IReadOnlyCollection<string> rules)
    {
        (_serving, _isActive, _rules, _none) = (serving, isActive, rules, new(rules));
        _meter.CreateObservableCounter(Predictions, () => Each<long>(counts => counts.Predictions), "{row}", "Predictions counted in windows.");
        _meter.CreateObservableCounter(Windows, () => Each<long>(counts => counts.Windows), "{window}", "Windows closed.");
        _meter.CreateObservableCounter(Alerts, EachAlert, "{alert}", "Alerts raised.");
        _meter.CreateObservableGauge(DriftedShare, () => EachNow(counts => counts.DriftedShare), "1", "Share of drifted features in the latest window.");
        _meter.CreateObservableGauge(LabelCoverage, () => EachNow(counts => counts.LabelCoverage), "1",
            "Share of labelled rows in the latest labelled window.");
    }

    /// <summary>Makes room for the series of many versions.</summary>
    public static void AddSeries(IServiceCollection services) => services
        .AddVersionSeries(perVersion: 1, Predictions, Windows, DriftedShare, LabelCoverage)
        .AddVersionSeries(RulesPerVersion, Alerts);

    /// <summary>Whether this is the replica that watches versions: what another has taken over, that one knows better.</summary>
    public bool AreWatched => _isActive();

    /// <summary>Where a version is counted.</summary>
    public VersionCounts Of(VersionKey version) => _counts.TryGetValue(version, out var counts) ? counts : Add(version);

    public void Dispose() => _meter.Dispose();

    // What served once has nobody to show it to.
    private VersionCounts Add(VersionKey version)
    {
        var serving = _serving.All;
        foreach (var gone in _counts.Keys.Where(known => !serving.Contains(known)))
            _counts.TryRemove(gone, out _);
        return _counts.GetOrAdd(version, _ => new(_rules));
    }

    private IEnumerable<Measurement<T>> Each<T>(Func<VersionCounts, T?> value) where T : struct
    {
        foreach (var version in _serving.All)
            if (value(_counts.GetValueOrDefault(version, _none)) is { } measured)
                yield return new(measured, Tags(version));
    }

    private IEnumerable<Measurement<double>> EachNow(Func<VersionCounts, double?> value) => AreWatched ? Each(value) : [];

    private IEnumerable<Measurement<long>> EachAlert()
    {
        foreach (var version in _serving.All)
            foreach (var (rule, count) in _counts.GetValueOrDefault(version, _none).Alerts)
                yield return new(count, [.. Tags(version), new("rule", rule)]);
    }

    private static KeyValuePair<string, object?>[] Tags(VersionKey version) => [new("model", version.Model), new("version", version.Version)];
}
