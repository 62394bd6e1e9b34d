using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>
/// The gate <c>signature</c>: whoever calls the version that the alias names now can go on with the new one. Every request that the one
/// takes the other takes, and every answer has what the callers of the one rely on.
/// </summary>
internal sealed class SignatureGate : IGate
{
    public const string Gate = "signature";

    public IEnumerable<GateRecord> Measure(GateCase subject) =>
        [Measure(subject.Terms.Incumbent, subject.Version, subject.Terms.AllowsSignatureChange)];

    /// <param name="current">The version that the alias names; null where it names none yet.</param>
    /// <param name="next">The version that it is to name.</param>
    /// <param name="isAllowed">Whether the request allows changes that callers feel.</param>
    public static GateRecord Measure(ModelVersionDescription? current, ModelVersionDescription next, bool isAllowed)
    {
        if (current is null) return Record([], passed: true, "No version serves under this alias yet.");
        string[] changes = [.. Inputs(current.Signature, next.Signature), .. Outputs(current.Signature.Outputs, next.Signature.Outputs)];
        if (changes.Length == 0) return Record(changes, passed: true, $"It takes every request that version {current.Version} takes, and answers in the same form.");
        var detail = $"Callers of version {current.Version} would be refused or misled: {string.Join("; ", changes)}.";
        return isAllowed
            ? Record(changes, passed: true, $"{detail} The request allows it.")
            : Record(changes, passed: false, $"{detail} Promote it with allowSignatureChange once they are ready.");
    }

    private static IEnumerable<string> Inputs(ModelSignature current, ModelSignature next)
    {
        var (optional, nextOptional) = (current.OptionalInputs ?? [], next.OptionalInputs ?? []);
        foreach (var input in current.Inputs.Concat(optional))
        {
            if (next.Inputs.Concat(nextOptional).FirstOrDefault(other => other.Name == input.Name) is not { } other) yield return $"the input '{input.Name}' is gone";
            else if (other.Datatype != input.Datatype) yield return $"the input '{input.Name}' is {other.Datatype} instead of {input.Datatype}";
            else if (!Takes(other.Shape, input.Shape)) yield return $"the input '{input.Name}' has the shape {Text(other.Shape)} instead of {Text(input.Shape)}";
            else if (optional.Contains(input) && !nextOptional.Contains(other)) yield return $"the input '{input.Name}' can no longer be left out";
        }
        foreach (var input in next.Inputs.Where(input => current.Inputs.Concat(optional).All(other => other.Name != input.Name)))
            yield return $"the input '{input.Name}' is new and has no default";
    }

    private static IEnumerable<string> Outputs(IReadOnlyList<TensorSignature> current, IReadOnlyList<TensorSignature> next)
    {
        foreach (var output in current)
        {
            if (next.FirstOrDefault(other => other.Name == output.Name) is not { } other) yield return $"the output '{output.Name}' is gone";
            else if (other.Datatype != output.Datatype) yield return $"the output '{output.Name}' is {other.Datatype} instead of {output.Datatype}";
            else if (!Takes(output.Shape, other.Shape)) yield return $"the output '{output.Name}' has the shape {Text(other.Shape)} instead of {Text(output.Shape)}";
        }
    }

    /// <summary>Whether whatever has the shape <paramref name="given"/> is expected by <paramref name="expected"/>, where -1 and no dimensions at all stand for any.</summary>
    private static bool Takes(IReadOnlyList<long> expected, IReadOnlyList<long> given) =>
        expected.Count == 0
        || (expected.Count == given.Count && expected.Zip(given).All(sizes => sizes.First < 0 || sizes.First == sizes.Second));

    private static string Text(IReadOnlyList<long> shape) => $"[{string.Join(",", shape)}]";

    private static GateRecord Record(string[] changes, bool passed, string detail) => new()
    {
        Gate = Gate,
        Passed = passed,
        Measured = JsonSerializer.SerializeToElement(changes, PlatformJson.Tolerant),
        Required = JsonSerializer.SerializeToElement(Array.Empty<string>()),
        Detail = detail,
    };
}
