using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>
/// The gate <c>required_metrics</c>: every measure that the model's policy bounds is within its bound on the version's labelled reference rows.
/// What the author declares is shown, and passes nothing.
/// </summary>
internal sealed class RequiredMetricsGate : IGate
{
    public const string Gate = "required_metrics";

    private const string WayOut = "Upload a version whose reference has them in the column that the metadata name as target, or promote it with an override";

    public IEnumerable<GateRecord> Measure(GateCase subject) => subject.Terms.Policy.Metrics
        .OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => Measure(subject, metric.Key, metric.Value));

    private static GateRecord Measure(GateCase subject, string metric, MetricBound bound)
    {
        double? declared = subject.Version.Metadata.Metrics?.TryGetValue(metric, out var stated) == true ? stated : null;
        if (ProblemOf(subject, metric, out var value) is { } problem)
            return Record(metric, declared, bound, passed: false) with
            {
                Source = declared is null ? null : GateRecord.IsDeclared,
                Detail = $"{metric} must be {bound}, but {problem}.{(declared is null ? "" : $" The {ScalarText.Of(declared.Value)} that its author declares passes no gate.")}",
            };
        return Record(metric, value, bound, bound.Admits(value)) with
        {
            Source = GateRecord.IsMeasured,
            InputDigest = subject.RowsDigest,
            Evidence = JsonSerializer.SerializeToElement(new { rows = subject.Answers!.Labelled, declared }, PlatformJson.Tolerant),
            Detail = $"{metric} is {ScalarText.Of(Math.Round(value, 4))} on {subject.Answers.Labelled} labelled reference rows; it must be {bound}."
                + (declared is null ? "" : $" Its author declares {ScalarText.Of(declared.Value)}."),
        };
    }

    /// <summary>Why the measure cannot be taken; null where it can.</summary>
    private static string? ProblemOf(GateCase subject, string metric, out double value)
    {
        value = double.NaN;
        if (MissingRows(subject) is { } missing) return missing;
        if (subject.Answers!.Metrics is not { } measured) return "the version's metadata name no task, which says how answers and labels are compared";
        if (!measured.Values.TryGetValue(metric, out value)) return $"a {subject.Answers.Labels.Task} is not measured by it";
        return double.IsFinite(value) ? null : "the labelled reference rows leave it undefined";
    }

    /// <summary>What is missing to measure on labelled rows, and the way out; null where there are enough.</summary>
    public static string? MissingRows(GateCase subject) => subject switch
    {
        { Version.Reference: null } => $"the version has no labelled reference rows. {WayOut}",
        { Answers: null } => "its reference rows are not all answered",
        { Answers.Labelled: 0 } => $"none of its reference rows has a label and an answer to compare it with. {WayOut}",
        { Answers.Labelled: var rows } when rows < subject.MinLabelled =>
            $"only {rows} of its reference rows have a label and an answer, and {subject.MinLabelled} are needed. {WayOut}",
        _ => null,
    };

    private static GateRecord Record(string metric, double? measured, MetricBound bound, bool passed) => new()
    {
        Gate = Gate,
        Metric = metric,
        Passed = passed,
        Measured = measured is null ? null : JsonSerializer.SerializeToElement(measured),
        Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
        Detail = "",
    };
}
