using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Values;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>
/// The gate <c>latency</c>: single reference rows are answered fast enough, by the file alone on one thread of this machine, without the network
/// and the waiting that serving adds.
/// </summary>
internal sealed class LatencyGate : IGate
{
    public const string Gate = "latency";

    public IEnumerable<GateRecord> Measure(GateCase subject)
    {
        if (subject.Terms.Policy.Latency is not { } bound) yield break;
        var record = new GateRecord
        {
            Gate = Gate,
            Passed = false,
            Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
            InputDigest = subject.RowsDigest,
            Detail = "There is no reference row that it answers, so nothing can be timed. Upload a version with reference rows, or promote it with an override.",
        };
        yield return subject.Latency is not { } found ? record : record with
        {
            Passed = found.P99Milliseconds <= bound.P99Milliseconds,
            Measured = JsonSerializer.SerializeToElement(found.P99Milliseconds),
            Source = GateRecord.IsMeasured,
            Evidence = JsonSerializer.SerializeToElement(found, PlatformJson.Tolerant),
            Detail = $"99 of 100 single rows take at most {ScalarText.Of(found.P99Milliseconds)} ms, of {found.Calls}; it must be at most {ScalarText.Of(bound.P99Milliseconds)} ms.",
        };
    }
}
