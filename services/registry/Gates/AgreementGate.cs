using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>The gate <c>agreement</c>: the version answers enough of its reference rows as the one that serves does.</summary>
internal sealed class AgreementGate : IGate
{
    public const string Gate = "agreement";

    public IEnumerable<GateRecord> Measure(GateCase subject)
    {
        if (subject.Terms.Policy.Agreement is not { } bound) yield break;
        if (subject.Terms.Incumbent is not { } incumbent)
            yield return Record(subject, bound, passed: true, "No version serves under this alias yet.");
        else if (incumbent.Version == subject.Version.Version)
            yield return Record(subject, bound, passed: true, "It is the version that serves.");
        else if (ProblemOf(subject) is { } problem)
            yield return Record(subject, bound, passed: false, $"It cannot be compared with version {incumbent.Version}: {problem}.");
        else
            yield return Compare(subject, bound, incumbent.Version);
    }

    private static string? ProblemOf(GateCase subject) =>
        subject.Version.Reference is null ? "the version has no reference rows. Upload a version that has, or promote it with an override"
        : subject.Answers is null ? "its reference rows are not all answered"
        : subject.IncumbentProblem;

    private static GateRecord Compare(GateCase subject, AgreementBound bound, string incumbent)
    {
        var pairs = subject.Answers!.Outcomes.Predictions.Zip(subject.IncumbentAnswers!.Outcomes.Predictions).ToArray();
        var answered = pairs.Count(pair => pair.First.IsKnown && pair.Second.IsKnown);
        if (answered == 0) return Record(subject, bound, passed: false, $"No row has an answer of both that could be compared with version {incumbent}.");
        var agreed = pairs.Count(pair => pair.First.IsKnown && pair.First.IsSameAs(pair.Second, bound.Tolerance!.Value));
        var share = agreed / (double)answered;
        return Record(subject, bound, share >= bound.AtLeast,
            $"It answers {agreed} of {answered} rows as version {incumbent} does; the share must be at least {ScalarText.Of(bound.AtLeast)}.") with
        {
            Measured = JsonSerializer.SerializeToElement(share),
            Source = GateRecord.IsMeasured,
            Evidence = JsonSerializer.SerializeToElement(new { incumbentVersion = incumbent, rows = answered, agreed }, PlatformJson.Tolerant),
        };
    }

    private static GateRecord Record(GateCase subject, AgreementBound bound, bool passed, string detail) => new()
    {
        Gate = Gate,
        Passed = passed,
        Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
        InputDigest = subject.RowsDigest,
        Detail = detail,
    };
}
