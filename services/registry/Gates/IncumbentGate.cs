using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Registry.Policies;
using Platform.Registry.Scoring;
using Platform.Statistics.Metrics;
using Platform.Statistics.PairedTests;
using Platform.Statistics.Samples;

namespace Platform.Registry.Gates;

/// <summary>
/// The gate <c>incumbent</c>: on the same labelled rows the version is shown to be no worse than the one that serves by as much as the margin.
/// Accuracy is compared by the score test of paired proportions, the area under the ROC curve by DeLong's test, all else by a paired bootstrap.
/// </summary>
internal sealed class IncumbentGate : IGate
{
    public const string Gate = "incumbent";

    public IEnumerable<GateRecord> Measure(GateCase subject)
    {
        if (subject.Terms.Policy.Incumbent is not { } bound) yield break;
        if (subject.Terms.Incumbent is not { } incumbent)
            yield return Record(subject, bound, passed: true, "No version serves under this alias yet.");
        else if (incumbent.Version == subject.Version.Version)
            yield return Record(subject, bound, passed: true, "It is the version that serves.");
        else if ((RequiredMetricsGate.MissingRows(subject) ?? subject.IncumbentProblem) is { } problem)
            yield return Record(subject, bound, passed: false, $"It cannot be compared with version {incumbent.Version}: {problem}.");
        else
            yield return Compare(subject, bound, new VersionComparison(subject.Answers!, subject.IncumbentAnswers!), incumbent.Version);
    }

    private static GateRecord Compare(GateCase subject, IncumbentBound bound, VersionComparison compared, string incumbent)
    {
        var (candidate, current) = compared.Measure(bound.Metric);
        if (compared.Rows < subject.MinLabelled || !double.IsFinite(MetricDirection.Improvement(bound.Metric, candidate, current)))
            return Record(subject, bound, passed: false,
                $"It cannot be compared with version {incumbent}: {bound.Metric} is not defined for both on the {compared.Rows} labelled rows that both answer.");
        var found = compared.Compare(bound.Metric, bound.Margin!.Value, bound.Confidence!.Value);
        var passed = found.IsShown(bound.Confidence!.Value);
        return Record(subject, bound, passed, Describe(bound, found, (candidate, current), incumbent, compared.Rows)) with
        {
            Measured = Finite.OrNull(found.Difference) is { } difference ? JsonSerializer.SerializeToElement(difference) : null,
            Source = GateRecord.IsMeasured,
            InputDigest = subject.RowsDigest,
            Evidence = JsonSerializer.SerializeToElement(new IncumbentEvidence(incumbent, candidate, current, compared.Rows, found.Test,
                Finite.OrNull(found.LowerBound), Finite.OrNull(found.PValue), McNemarOf(bound, compared)), PlatformJson.Tolerant),
        };
    }

    private static DiscordantRows? McNemarOf(IncumbentBound bound, VersionComparison compared) => bound.Metric != "accuracy" ? null : new(
        compared.OnlyCandidateRight, compared.OnlyIncumbentRight, McNemar.MidP(compared.OnlyCandidateRight, compared.OnlyIncumbentRight));

    private static string Describe(
        IncumbentBound bound, PairedComparison found, (double Candidate, double Incumbent) values, string incumbent, int rows)
    {
        var measured = $"{bound.Metric} is {Text(values.Candidate)}, that of version {incumbent} {Text(values.Incumbent)}, on the same {rows} rows.";
        var sure = $"With a confidence of {ScalarText.Of(bound.Confidence!.Value)} it is better by at least {Text(found.LowerBound)}";
        if (found.IsShown(bound.Confidence!.Value)) return $"{measured} {sure}, which is no worse than the margin of {ScalarText.Of(bound.Margin!.Value)} allows.";
        return found.Difference <= -bound.Margin
            ? $"{measured} It is worse by the margin of {ScalarText.Of(bound.Margin!.Value)} or more."
            : $"{measured} {sure} only: these rows do not show that it is not worse by the margin of {ScalarText.Of(bound.Margin!.Value)}. More labelled rows or a wider margin may.";
    }

    private static string Text(double value) => ScalarText.Of(Math.Round(value, 4));

    private static GateRecord Record(GateCase subject, IncumbentBound bound, bool passed, string detail) => new()
    {
        Gate = Gate,
        Metric = bound.Metric,
        Passed = passed,
        Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
        InputDigest = subject.RowsDigest,
        Detail = detail,
    };

    /// <summary>What the verdict rests on.</summary>
    private sealed record IncumbentEvidence(string IncumbentVersion, double Candidate, double Incumbent, int Rows, string Test,
        double? LowerBound, double? PValue, DiscordantRows? McNemar);

    /// <summary>Rows on which one alone is right, and the mid-p value of both being right equally often.</summary>
    private sealed record DiscordantRows(int OnlyCandidateRight, int OnlyIncumbentRight, double PValue);
}
