using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;

namespace Platform.Registry.MLflow.LoggedModels;

/// <summary>The order of logged models: those without a value last, then those made last first.</summary>
internal static class LoggedModelOrder
{
    public static IEnumerable<LoggedModel> Sort(IEnumerable<LoggedModel> models, IReadOnlyList<GivenOrder> clauses, FilterSchema schema)
    {
        var sorted = models.OrderBy(_ => 0);
        foreach (var clause in clauses) sorted = Then(sorted, clause, schema);
        return sorted.ThenByDescending(model => model.CreationTimestampMs).ThenBy(model => model.ModelId, StringComparer.Ordinal);
    }

    private static IOrderedEnumerable<LoggedModel> Then(IOrderedEnumerable<LoggedModel> sorted, GivenOrder clause, FilterSchema schema)
    {
        var name = MLflowRequest.Required(clause.FieldName, "order_by.field_name");
        var (kind, key) = schema.Resolve(name, forOrder: true);
        if (kind is EntityKind.Parameter or EntityKind.Tag)
            throw MLflowException.Invalid($"Invalid order by field name: {name}. Only metrics are supported.");
        var isAscending = clause.Ascending ?? true;
        if (kind == EntityKind.Metric)
            return sorted.ThenBy(model => MetricOf(model, key, clause) is null).Then(model => MetricOf(model, key, clause), isAscending);
        return schema.IsNumber(kind, key)
            ? sorted.Then(model => LoggedModelSearch.NumberOf(model, key), isAscending)
            : sorted.ThenBy(model => LoggedModelSearch.TextOf(model, key) is null)
                .Then(model => LoggedModelSearch.TextOf(model, key), isAscending, StringComparer.Ordinal);
    }

    /// <summary>The latest value of a metric, on the dataset that the clause names if it does.</summary>
    private static double? MetricOf(LoggedModel model, string key, GivenOrder clause)
    {
        Metric? latest = null;
        foreach (var metric in model.Metrics)
            if (metric.Key == key && Fits(metric.DatasetName, clause.DatasetName) && Fits(metric.DatasetDigest, clause.DatasetDigest)
                && (latest is null || (metric.Timestamp, metric.Step).CompareTo((latest.Timestamp, latest.Step)) > 0)) latest = metric;
        return latest?.Value;
    }

    private static bool Fits(string? value, string? wanted) => string.IsNullOrEmpty(wanted) || value == wanted;
}
