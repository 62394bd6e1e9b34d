using System.Diagnostics.Metrics;
using Platform.Hosting.Telemetry;

namespace Platform.Inference.Statistics;

/// <summary>
/// The histograms of versions. They cannot be observed, and what was measured once stays with an instrument: so when many more versions
/// have been measured than serve, the instruments are made anew, and only what serves goes on in them, from 0.
/// </summary>
/// <param name="serving">How many versions serve.</param>
/// <param name="mostGone">How many that are gone may be kept.</param>
internal sealed class VersionHistograms(Func<int> serving, int mostGone = 1_000) : IDisposable
{
    public const string QueueName = "platform.inference.queue";
    public const string ComputeName = "platform.inference.compute";
    public const string TotalName = "platform.inference.duration";
    public const string BatchSizeName = "platform.inference.batch_size";

    private readonly Lock _renewing = new();
    private volatile Instruments _current = new();
    private int _measured;

    /// <summary>Makes room for the series of many versions.</summary>
    public static void AddSeries(IServiceCollection services) =>
        services.AddVersionSeries(perVersion: 1, QueueName, ComputeName, TotalName, BatchSizeName);

    /// <summary>Where a version is measured now.</summary>
    public Instruments Of(Measured version)
    {
        var current = _current;
        return version.In == current ? current : Begin(version);
    }

    public void Dispose() => _current.Dispose();

    private Instruments Begin(Measured version)
    {
        lock (_renewing)
        {
            if (version.In == _current) return _current;
            if (++_measured > serving() + mostGone) Renew();
            return version.In = _current;
        }
    }

    // The old ones first, so that two of one name are never there: what is measured meanwhile is lost.
    private void Renew()
    {
        _current.Dispose();
        (_current, _measured) = (new(), 1);
    }

    /// <summary>Remembers of a version which instruments have a series of it.</summary>
    internal sealed class Measured
    {
        internal volatile Instruments? In;
    }

    internal sealed class Instruments : IDisposable
    {
        private readonly Meter _meter = new("Platform.Inference.Versions");

        public Instruments()
        {
            Queue = Duration(QueueName, "Time that a request waited for a runner.");
            Compute = Duration(ComputeName, "Time of a run inside the runtime.");
            Total = Duration(TotalName, "Time from a request's arrival to the end of its reply.");
            BatchSize = _meter.CreateHistogram<int>(BatchSizeName, "{row}", "Rows of a run.",
                advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        }

        public Histogram<double> Queue { get; }

        public Histogram<double> Compute { get; }

        public Histogram<double> Total { get; }

        public Histogram<int> BatchSize { get; }

        public void Dispose() => _meter.Dispose();

        private Histogram<double> Duration(string name, string description) => _meter.CreateHistogram(name, "s", description,
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
            });
    }
}
