using Platform.Statistics.Samples;

namespace Platform.Statistics.Metrics;

/// <summary>Measures of model performance by name; a measure that the data leave undefined is NaN.</summary>
public sealed class MetricSet
{
    /// <summary>What windows are measured by, one task or another.</summary>
    public static readonly string[] Names =
    [
        "accuracy", "balanced_accuracy", "matthews", "precision", "recall", "f1", "roc_auc", "average_precision", "log_loss", "brier",
        "scores_out_of_range", "cbpe_expected_accuracy", "precision_macro", "precision_micro", "precision_weighted", "recall_macro", "recall_micro",
        "recall_weighted", "f1_macro", "f1_micro", "f1_weighted", "mae", "rmse", "mape", "r2", "mean_error",
    ];

    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>Rows are true classes, columns are predicted classes; null for tasks without classes.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    public double this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>Takes over another set's measures.</summary>
    public void Include(MetricSet other)
    {
        foreach (var (name, value) in other._values)
            _values[name] = value;
    }

    /// <summary>The measures as JSON shows them: null for what is undefined, the confusion matrix as lists.</summary>
    /// <param name="metrics">The measures.</param>
    /// <param name="mostClasses">The matrix is left out where there are more classes than these.</param>
    public static IReadOnlyDictionary<string, object?> Show(MetricSet metrics, int mostClasses = ConfusionMatrix.MostClasses)
    {
        var shown = metrics.Values.ToDictionary(metric => metric.Key, metric => (object?)Finite.OrNull(metric.Value));
        if (metrics.Confusion is { } confusion && confusion.Size <= mostClasses)
            shown["confusion"] = confusion.Counts;
        return shown;
    }
}
