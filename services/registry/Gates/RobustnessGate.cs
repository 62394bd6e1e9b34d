using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>The gate <c>robustness</c>: enough answers stay where a feature of a reference row is missing, or its numbers are disturbed.</summary>
internal sealed class RobustnessGate : IGate
{
    public const string Gate = "robustness";

    public IEnumerable<GateRecord> Measure(GateCase subject)
    {
        if (subject.Terms.Policy.Robustness is not { } bound) yield break;
        if (bound.MissingAtLeast is { } missing) yield return Judge(subject, "missing", subject.Altered?.Missing, missing, bound.Tolerance!.Value);
        if (bound.PerturbedAtLeast is { } perturbed) yield return Judge(subject, "perturbed", subject.Altered?.Perturbed, perturbed, bound.Tolerance!.Value);
    }

    /// <summary>Why no row can be changed.</summary>
    public static string NoRows(GateCase subject) => subject.Version.Reference is null
        ? "the version has no reference rows. Upload a version that has, or promote it with an override"
        : "its reference rows are not all answered";

    private static GateRecord Judge(GateCase subject, string change, SteadyAnswers? found, double atLeast, double tolerance)
    {
        var record = new GateRecord
        {
            Gate = Gate,
            Metric = change,
            Passed = false,
            Required = JsonSerializer.SerializeToElement(new { atLeast }),
            InputDigest = subject.RowsDigest,
            Detail = $"How steady its answers are with {change} values cannot be measured: {found?.Problem ?? NoRows(subject)}.",
        };
        if (found is not { Problem: null }) return record;
        var stayed = found.Pairs.Count(pair => pair.Before.IsSameAs(pair.After, tolerance));
        var share = stayed / (double)found.Pairs.Count;
        return record with
        {
            Passed = share >= atLeast,
            Measured = JsonSerializer.SerializeToElement(share),
            Source = GateRecord.IsMeasured,
            Evidence = JsonSerializer.SerializeToElement(new { rows = found.Pairs.Count, stayed }, PlatformJson.Tolerant),
            Detail = $"With {change} values {stayed} of {found.Pairs.Count} answers stay; the share must be at least {ScalarText.Of(atLeast)}.",
        };
    }
}
