using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Registry.Policies;
using Platform.Registry.Scoring;
using Platform.Statistics.Metrics;
using Platform.Statistics.Samples;

namespace Platform.Registry.Gates;

/// <summary>
/// The gate <c>fairness</c>: on the reference rows the unprivileged group gets favourable decisions as often as the bound asks for, or the
/// shortfall may be chance (the four-fifths rule with its significance, 29 CFR 1607.4).
/// </summary>
internal sealed class FairnessGate : IGate
{
    public const string Gate = "fairness";

    private const int FewestRows = 30;

    public IEnumerable<GateRecord> Measure(GateCase subject)
    {
        if (subject.Terms.Policy.Fairness is not { } bound) yield break;
        yield return ProblemOf(subject) is { } problem
            ? Record(subject, bound, passed: false, $"Fairness cannot be measured: {problem}.")
            : Judge(subject, bound, Compare(subject.Answers!));
    }

    private static string? ProblemOf(GateCase subject) => subject switch
    {
        { Version.Metadata.Fairness: not { Privileged: not null, Unprivileged: not null } } =>
            "the version's metadata do not name a privileged and an unprivileged group, which this gate compares. Upload a version with fairness.privileged and fairness.unprivileged in its metadata, or promote it with an override",
        { Version.Reference: null } => "the version has no reference rows. Upload a version that has, or promote it with an override",
        { Answers: null } => "its reference rows are not all answered",
        { Answers.Groups: var groups } when groups.All(group => group is null) => "no reference row belongs to either group",
        { Answers.Outcomes.Predictions: var predictions } when predictions.All(prediction => prediction.Class is null) => "its answers are no classes",
        _ => null,
    };

    private static GroupFairness Compare(AnsweredRows answers)
    {
        var definition = answers.Version.Metadata.Fairness!;
        var favourable = definition.FavourableClass is { } named ? answers.Labels.ClassOf(named) : answers.Labels.Positive;
        int[] rows = [.. Enumerable.Range(0, answers.Groups.Count).Where(row => answers.Groups[row] is not null && answers.Outcomes.Predictions[row].Class is not null)];
        return GroupFairness.Measure(
            Array.ConvertAll(rows, row => answers.Groups[row]!),
            Array.ConvertAll(rows, row => answers.Outcomes.Predictions[row].Class == favourable),
            Array.ConvertAll(rows, row => answers.Outcomes.Labels[row] is { } label ? (bool?)(label == favourable) : null),
            FairnessGroups.Privileged, FairnessGroups.Unprivileged);
    }

    private static GateRecord Judge(GateCase subject, FairnessBound bound, GroupFairness found)
    {
        if (found.FewestRows < FewestRows)
            return Record(subject, bound, passed: false,
                $"Fairness cannot be measured: one group has {found.FewestRows} reference rows, and {FewestRows} of either are needed.");
        var (impact, alike) = (found.DisparateImpact, !(found.PValue < bound.Alpha));
        // Where the privileged are never favoured, the ratio is beyond any bound from below.
        var within = bound.DisparateImpact.Admits(impact) || (double.IsPositiveInfinity(impact) && bound.DisparateImpact.AtMost is null);
        var rates = $"The disparate impact is {(double.IsFinite(impact) ? ScalarText.Of(Math.Round(impact, 4)) : "undefined")}, p = {found.PValue:0.####}";
        return Record(subject, bound, within || alike,
            $"{rates}; it must be {bound.DisparateImpact}{(within ? "." : alike ? ", but the difference may be chance." : ", and the difference is more than chance.")}") with
        {
            Measured = Finite.OrNull(impact) is { } value ? JsonSerializer.SerializeToElement(value) : null,
            Source = GateRecord.IsMeasured,
            Evidence = JsonSerializer.SerializeToElement(new
            {
                positiveRate = found.PositiveRates, support = found.Support, pValue = Finite.OrNull(found.PValue), test = found.PValueTest,
                equalOpportunityDifference = Finite.OrNull(found.EqualOpportunityDifference),
            }, PlatformJson.Tolerant),
        };
    }

    private static GateRecord Record(GateCase subject, FairnessBound bound, bool passed, string detail) => new()
    {
        Gate = Gate,
        Metric = "disparate_impact",
        Passed = passed,
        Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
        InputDigest = subject.RowsDigest,
        Detail = detail,
    };
}
