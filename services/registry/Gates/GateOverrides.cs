using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>Which gates an override sets aside: not those of a version that does not work, and who breaks callers says so apart.</summary>
internal static class GateOverrides
{
    public static bool Allow(GateRecord record) => record.Gate is not (LoadsGate.Gate or AnswersReferenceGate.Gate or SignatureGate.Gate);
}
