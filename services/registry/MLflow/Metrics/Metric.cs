using System.Text.Json.Serialization;

namespace Platform.Registry.MLflow.Metrics;

/// <summary>One value of a metric..</summary>
internal sealed record Metric
{
    public required string Key { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.AllowReadingFromString)]
    public required double Value { get; init; }

    /// <summary>When it was measured, in milliseconds since 1970.</summary>
    public required long Timestamp { get; init; }

    public long Step { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ModelId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DatasetName { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DatasetDigest { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunId { get; init; }

    /// <summary>Whether it is later than another, by step, time and value, in that order.</summary>
    public bool IsLaterThan(Metric other) => (Step, Timestamp, Value).CompareTo((other.Step, other.Timestamp, other.Value)) > 0;

    /// <summary>The values in the order of their keys, the latest of each.</summary>
    public static Metric[] Latest(IEnumerable<Metric> known, IEnumerable<Metric> added)
    {
        var latest = new SortedDictionary<string, Metric>(StringComparer.Ordinal);
        foreach (var metric in known.Concat(added))
            if (!latest.TryGetValue(metric.Key, out var other) || metric.IsLaterThan(other)) latest[metric.Key] = metric;
        return [.. latest.Values];
    }

    /// <summary>The value of a key among those in the order of their keys; null where there is none.</summary>
    public static double? Find(Metric[] sorted, string key)
    {
        var (low, high) = (0, sorted.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (string.CompareOrdinal(sorted[middle].Key, key))
            {
                case 0: return sorted[middle].Value;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return null;
    }
}
