using System.Text.Json;
using Platform.Hosting.Artifacts;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>The gate <c>loads</c>: the stored file is the one that was uploaded, and the runtime loads it.</summary>
internal static class LoadsGate
{
    public const string Gate = "loads";

    public static GateRecord Passed(string sha256, string provider, TimeSpan took) =>
        Record(sha256, sha256, passed: true, $"Its digest is right; it loads on {provider} in {took.TotalMilliseconds:0} ms.");

    public static GateRecord Missing(string sha256) => Record(null, sha256, passed: false, "The model file is not in the artifact store.");

    public static GateRecord NotServable(string reason) => new() { Gate = Gate, Passed = false, Detail = reason };

    public static GateRecord Altered(string measured, string sha256) =>
        Record(measured, sha256, passed: false, "The stored file is not the one that was uploaded: its digest differs.");

    public static GateRecord Failed(string sha256, string reason) =>
        Record(sha256, sha256, passed: false, $"The file cannot be loaded: {reason}");

    private static GateRecord Record(string? measured, string required, bool passed, string detail) => new()
    {
        Gate = Gate,
        Passed = passed,
        Measured = measured is null ? null : JsonSerializer.SerializeToElement(Digest.Prefixed(measured)),
        Required = JsonSerializer.SerializeToElement(Digest.Prefixed(required)),
        Detail = detail,
    };
}
