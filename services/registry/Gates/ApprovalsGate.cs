using System.Text.Json;
using Platform.Hosting;
using Platform.Registry.Policies;
using Platform.Registry.Versions;

namespace Platform.Registry.Gates;

/// <summary>The gate <c>approvals</c>: enough people have approved the version, lately enough. It is measured at the moment of the decision.</summary>
internal static class ApprovalsGate
{
    public const string Gate = "approvals";

    public static IEnumerable<GateRecord> Measure(GatePolicy policy, ModelVersion version, DateTimeOffset now)
    {
        if (policy.Approvals is not { } bound) yield break;
        Approval[] valid = [.. version.Approvals.Where(approval => bound.WithinHours is not { } hours || now - approval.At <= TimeSpan.FromHours(hours))];
        var expired = version.Approvals.Count - valid.Length;
        yield return new GateRecord
        {
            Gate = Gate,
            Passed = valid.Length >= bound.Count,
            Measured = JsonSerializer.SerializeToElement(valid.Length),
            Required = JsonSerializer.SerializeToElement(bound, PlatformJson.Tolerant),
            Evidence = JsonSerializer.SerializeToElement(version.Approvals, PlatformJson.Tolerant),
            Detail = $"{valid.Length} of {bound.Count} approvals are there{(expired > 0 ? $", and {expired} have expired" : "")}.",
        };
    }
}
