using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>What may be logged: names, lengths and how much at a time (mlflow/utils/validation.py of MLflow 3.10).</summary>
internal static class LoggedEntities
{
    private const int MaxMetrics = 1000;
    private const int MaxParams = 100;
    private const int MaxTags = 100;
    private const int MaxEntities = 1000;
    private const int MaxParamLength = 6000;
    public const int MaxTagLength = 8000;

    public static void CheckCounts(LogBatch request)
    {
        var (metrics, parameters, tags) = (request.Metrics?.Count ?? 0, request.Params?.Count ?? 0, request.Tags?.Count ?? 0);
        CheckCount("metrics", MaxMetrics, metrics);
        CheckCount("params", MaxParams, parameters);
        CheckCount("tags", MaxTags, tags);
        CheckCount("metrics, params, and tags", MaxEntities, metrics + parameters + tags);
        var duplicates = (request.Params ?? []).GroupBy(param => param.Key).SelectMany(group => group.Skip(1)).Select(param => $"'{param.Key}'").ToList();
        if (duplicates.Count > 0)
            throw MLflowException.Invalid($"Duplicate parameter keys have been submitted: [{string.Join(", ", duplicates)}]. "
                + "Please ensure the request contains only one param value per param key.");
    }

    public static Metric Metric(GivenMetric given, string path = "")
    {
        Require(given.Key.OrNull() is not null, path, "key");
        Require(given.Value is not null, path, "value");
        Require(given.Timestamp is not null, path, "timestamp");
        EntityNames.Check(given.Key, path.Length > 0 ? $"{path}.name" : "name");
        if (given.Timestamp < 0)
            throw MLflowException.Invalid($"Invalid value {given.Timestamp} for parameter '{(path.Length > 0 ? $"{path}." : "")}timestamp' supplied: "
                + $"metric '{given.Key}' (value={given.Value}). Timestamp must be a nonnegative long (64-bit integer) ");
        return new Metric
        {
            Key = EntityNames.CheckLength(given.Key!, EntityNames.MaxKeyLength, "Metric name"),
            Value = given.Value!.Value,
            Timestamp = given.Timestamp!.Value,
            Step = given.Step ?? 0,
            ModelId = given.ModelId.OrNull(),
            DatasetName = given.DatasetName.OrNull(),
            DatasetDigest = given.DatasetDigest.OrNull(),
        };
    }

    public static KeyValue Param(GivenPair given, string path = "")
    {
        var key = CheckKey(given.Key, path);
        EntityNames.CheckLength(key, EntityNames.MaxKeyLength, "Param key");
        return new KeyValue(key, EntityNames.Truncate(given.Value ?? "", MaxParamLength));
    }

    public static KeyValue Tag(GivenPair given, string path = "")
    {
        var key = CheckKey(given.Key, path);
        EntityNames.CheckLength(key, EntityNames.MaxKeyLength, path.Length > 0 ? $"{path}.key" : "key");
        return new KeyValue(key, EntityNames.Truncate(given.Value ?? "", MaxTagLength));
    }

    public static IReadOnlyList<T> Each<TGiven, T>(IReadOnlyList<TGiven>? given, string name, Func<TGiven, string, T> read) =>
        [.. (given ?? []).Select((item, index) => read(item ?? throw MLflowRequest.Missing($"{name}[{index}]"), $"{name}[{index}]"))];

    private static string CheckKey(string? key, string path)
    {
        Require(key.OrNull() is not null, path, "key");
        return EntityNames.Check(key, path.Length > 0 ? $"{path}.key" : "key");
    }

    private static void Require(bool holds, string path, string field)
    {
        if (!holds) throw MLflowRequest.Missing(path.Length > 0 ? $"{path}.{field}" : field);
    }

    private static void CheckCount(string what, int limit, int count)
    {
        if (count > limit)
            throw MLflowException.Invalid($"A batch logging request can contain at most {limit} {what}. Got {count} {what}. "
                + $"Please split up {what} across multiple requests and try again.");
    }
}
