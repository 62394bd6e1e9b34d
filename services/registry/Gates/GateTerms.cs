using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>What a version is held against: they are those of one moment, and a decision that comes later looks whether they still are.</summary>
/// <param name="Policy">What the model's versions must show.</param>
/// <param name="Incumbent">The version that the alias names; null where it names none yet.</param>
/// <param name="AllowsSignatureChange">Whether the request allows changes that callers feel.</param>
internal sealed record GateTerms(GatePolicy Policy, ModelVersionDescription? Incumbent, bool AllowsSignatureChange)
{
    /// <summary>Whether these are still the policy and the version that serves.</summary>
    public bool Hold(GatePolicy policy, ModelVersionDescription? incumbent) =>
        incumbent?.Version == Incumbent?.Version && Text(policy) == Text(Policy);

    private static string Text(GatePolicy policy) => JsonSerializer.Serialize(policy, PlatformJson.Tolerant);
}
