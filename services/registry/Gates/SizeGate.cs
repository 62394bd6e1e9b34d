using System.Text.Json;
using Platform.Hosting;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>The gate <c>size</c>: the model file is as large as the policy allows.</summary>
internal sealed class SizeGate : IGate
{
    public const string Gate = "size";

    public IEnumerable<GateRecord> Measure(GateCase subject)
    {
        if (subject.Terms.Policy.SizeBytes is not { } bound) yield break;
        yield return new GateRecord
        {
            Gate = Gate,
            Passed = bound.Admits(subject.Version.SizeBytes),
            Measured = JsonSerializer.SerializeToElement(subject.Version.SizeBytes),
            Source = GateRecord.IsMeasured,
            Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
            Detail = $"The file has {subject.Version.SizeBytes} bytes; it must be {bound}.",
        };
    }
}
