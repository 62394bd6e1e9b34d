using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Registry.Policies;
using Platform.Statistics.Samples;

namespace Platform.Registry.Gates;

/// <summary>
/// The gate <c>expected_signs</c>: where one feature of a reference row rises by its standard deviation, the answer goes the way that the policy
/// expects, or stays.
/// </summary>
internal sealed class ExpectedSignsGate : IGate
{
    public const string Gate = "expected_signs";

    // Single precision rounds what does not change.
    private const double Slack = 1e-6;

    public IEnumerable<GateRecord> Measure(GateCase subject) => (subject.Terms.Policy.ExpectedSigns ?? []).Select((expected, at) =>
        subject.Altered is { } altered ? Judge(subject, altered.Signs[at])
        : Record(subject, expected, passed: false, $"Nothing can be said of the feature '{expected.Feature}': {RobustnessGate.NoRows(subject)}."));

    private static GateRecord Judge(GateCase subject, SignAnswers found)
    {
        var expected = found.Expected;
        if (found.Problem is { } problem) return Record(subject, expected, passed: false, $"Nothing can be said of the feature '{expected.Feature}': {problem}.");
        var right = found.Steps.Count(step => expected.Direction == ExpectedSign.Increasing ? step >= -Slack : step <= Slack);
        var share = right / (double)found.Steps.Count;
        return Record(subject, expected, share >= expected.AtLeast,
            $"With the feature '{expected.Feature}' the answer is {expected.Direction} in {right} of {found.Steps.Count} rows; the share must be at least {ScalarText.Of(expected.AtLeast!.Value)}.") with
        {
            Measured = JsonSerializer.SerializeToElement(share),
            Source = GateRecord.IsMeasured,
            Evidence = JsonSerializer.SerializeToElement(
                new { rows = found.Steps.Count, asExpected = right, meanStep = Finite.OrNull(found.Steps.Average()) }, PlatformJson.Tolerant),
        };
    }

    private static GateRecord Record(GateCase subject, ExpectedSign expected, bool passed, string detail) => new()
    {
        Gate = Gate,
        Metric = expected.Feature,
        Passed = passed,
        Required = JsonSerializer.SerializeToElement(expected, PlatformJson.Tolerant),
        InputDigest = subject.RowsDigest,
        Detail = detail,
    };
}
