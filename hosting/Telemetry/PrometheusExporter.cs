using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Platform.Hosting.Telemetry;

/// <summary>Collects every meter of the process on demand and writes the Prometheus text format, version 0.0.4.</summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _collecting = new();
    private readonly PrometheusText _text = new();

    public PrometheusExporter() => Reader = new BaseExportingMetricReader(this);

    public MetricReader Reader { get; }

    /// <summary>The current values. One collection runs at a time: the exporter's buffer is shared.</summary>
    public string Collect()
    {
        lock (_collecting)
        {
            _text.Clear();
            Reader.Collect();
            return _text.ToString();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch) _text.Write(metric);
        return ExportResult.Success;
    }
}
