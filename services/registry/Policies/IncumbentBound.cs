using System.ComponentModel.DataAnnotations;
using Platform.Registry.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Registry.Policies;

/// <summary>
/// A version must be shown to be no worse than the one that serves by as much as the margin, on the same labelled rows. A margin of 0, or below,
/// asks that it be better.
/// </summary>
internal sealed record IncumbentBound
{
    /// <summary>The measure that is compared; accuracy when absent.</summary>
    public string Metric { get; init; } = "accuracy";

    /// <summary>How much worse it may be, in the measure's own unit; 0.02 when absent.</summary>
    public double? Margin { get; init => field = value ?? 0.02; } = 0.02;

    /// <summary>With which confidence it is to be shown; 0.95 when absent.</summary>
    [Range(0.5, 0.9999)]
    public double? Confidence { get; init => field = value ?? 0.95; } = 0.95;

    public void Check(FieldProblems problems, string field)
    {
        problems.Require($"{field}.metric", MetricDirection.Comparable.Contains(Metric), $"must be one of {string.Join(", ", MetricDirection.Comparable)}.");
        problems.Require($"{field}.margin", double.IsFinite(Margin!.Value), "must be a finite number.");
        problems.Require($"{field}.margin", Metric != "accuracy" || Math.Abs(Margin!.Value) < 1, "must be between -1 and 1.");
        problems.Require($"{field}.confidence", Confidence is >= 0.5 and <= 0.9999, "must be 0.5 to 0.9999.");
        problems.Require($"{field}.confidence", Metric is "accuracy" or "roc_auc" || Confidence is <= 0.999, "must be at most 0.999: this measure is compared by a thousand samples.");
    }
}
