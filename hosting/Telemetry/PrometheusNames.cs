using OpenTelemetry.Metrics;

namespace Platform.Hosting.Telemetry;

/// <summary>Prometheus names for OpenTelemetry metrics, by the OpenTelemetry compatibility mapping.</summary>
internal static class PrometheusNames
{
    public static string Metric(Metric metric)
    {
        var name = Clean(metric.Name);
        if (Unit(metric.Unit) is { } unit && !name.EndsWith("_" + unit, StringComparison.Ordinal)) name += "_" + unit;
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string Label(string key) => Clean(key);

    private static string? Unit(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "By" => "bytes",
        "1" or "" => null,
        _ when unit.StartsWith('{') => null,
        _ => Clean(unit),
    };

    private static string Clean(string name)
    {
        var clean = string.Create(name.Length, name, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] == '_' ? source[i] : '_';
        });
        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }
}
