using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Platform.Hosting.Scrubbing;

/// <summary>What scrubbing tells <c>/metrics</c>.</summary>
internal sealed class ScrubMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.Scrub");
    private readonly ConcurrentDictionary<string, long> _bytes = [];
    private readonly ConcurrentDictionary<string, long> _faults = [];
    private readonly TimeProvider _time;
    private long _passed;

    public ScrubMetrics(IEnumerable<ScrubbedFiles> all, TimeProvider time)
    {
        (_time, _passed) = (time, time.GetTimestamp());
        foreach (var files in all) (_bytes[files.Name], _faults[files.Name]) = (0, 0);
        _meter.CreateObservableCounter("platform.scrub.read", () => Told(_bytes), "By", "Bytes at rest that were read to see whether they are whole.");
        _meter.CreateObservableCounter("platform.scrub.faults", () => Told(_faults), "{file}", "Damaged files that were found by that.");
        _meter.CreateObservableGauge("platform.scrub.age", () => _time.GetElapsedTime(Volatile.Read(ref _passed)).TotalSeconds, "s",
            "Time since the last pass over all files ended; since the start before the first.");
    }

    public void Read(string files, long bytes) => _bytes.AddOrUpdate(files, bytes, (_, known) => known + bytes);

    public void Found(string files, int faults) => _faults.AddOrUpdate(files, faults, (_, known) => known + faults);

    public void Passed() => Volatile.Write(ref _passed, _time.GetTimestamp());

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Told(ConcurrentDictionary<string, long> values) =>
        values.Select(value => new Measurement<long>(value.Value, new KeyValuePair<string, object?>("files", value.Key)));
}
