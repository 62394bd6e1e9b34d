using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;

namespace Platform.Registry.Gates;

/// <summary>The gate <c>required_metrics</c>: every metric that the model's policy bounds is within its bound.</summary>
internal static class RequiredMetrics
{
    public const string Gate = "required_metrics";

    public static IEnumerable<GateRecord> Measure(GatePolicy policy, VersionMetadata metadata) =>
        policy.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => Measure(metric.Key, metric.Value, metadata));

    private static GateRecord Measure(string metric, MetricBound bound, VersionMetadata metadata)
    {
        double? measured = metadata.Metrics?.TryGetValue(metric, out var value) == true ? value : null;
        var passed = measured is { } number && bound.Admits(number);
        return new GateRecord
        {
            Gate = Gate,
            Metric = metric,
            Passed = passed,
            Measured = measured is null ? null : JsonSerializer.SerializeToElement(measured),
            Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
            Detail = measured is null
                ? $"The version's metadata has no metric '{metric}'; it must be {bound}."
                : $"{metric} is {measured}; it must be {bound}.",
        };
    }
}
