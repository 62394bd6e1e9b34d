using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Platform.Hosting.Telemetry;

/// <summary>Writes OpenTelemetry metrics in the Prometheus text format (names and units by the OpenTelemetry mapping).</summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _described = [];

    public void Clear()
    {
        _text.Clear();
        _described.Clear();
    }

    public override string ToString() => _text.ToString();

    public void Write(Metric metric)
    {
        var (name, type) = (PrometheusNames.Metric(metric), TypeOf(metric.MetricType));
        if (type is null) return;
        if (_described.Add(name)) Describe(name, type, metric.Description);
        foreach (ref readonly var point in metric.GetMetricPoints()) WritePoint(metric.MetricType, name, point);
    }

    private void Describe(string name, string type, string description)
    {
        if (description.Length > 0)
            _text.Append("# HELP ").Append(name).Append(' ')
                .Append(description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic or MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private void WritePoint(MetricType type, string name, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Sample(name, point.Tags, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Sample(name, point.Tags, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Sample(name, point.Tags, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Sample(name, point.Tags, point.GetGaugeLastValueDouble());
                break;
            default:
                Histogram(name, point);
                break;
        }
    }

    private void Histogram(string name, in MetricPoint point)
    {
        var cumulative = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            Sample(name + "_bucket", point.Tags, cumulative, Number(bucket.ExplicitBound));
        }
        Sample(name + "_sum", point.Tags, point.GetHistogramSum());
        Sample(name + "_count", point.Tags, point.GetHistogramCount());
    }

    private void Sample(string name, ReadOnlyTagCollection tags, double value, string? upperBound = null)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (key, tag) in tags)
        {
            Label(separator, PrometheusNames.Label(key), Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "");
            separator = ',';
        }
        if (upperBound is not null)
        {
            Label(separator, "le", upperBound);
            separator = ',';
        }
        if (separator == ',') _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private void Label(char separator, string key, string value)
    {
        _text.Append(separator).Append(key).Append("=\"");
        foreach (var letter in value)
            _ = letter switch
            {
                '\\' => _text.Append("\\\\"),
                '"' => _text.Append("\\\""),
                '\n' => _text.Append("\\n"),
                _ => _text.Append(letter),
            };
        _text.Append('"');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
