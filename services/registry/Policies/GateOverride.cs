using System.ComponentModel.DataAnnotations;
using Platform.Registry.Requests;

namespace Platform.Registry.Policies;

/// <summary>Lets a version through although gates of its model's policy fail.</summary>
/// <param name="Reason">Why; it stands in the history.</param>
internal sealed record GateOverride([property: Required, MinLength(1)] string? Reason)
{
    public void Check(FieldProblems problems, string field)
    {
        problems.Require($"{field}.reason", !string.IsNullOrWhiteSpace(Reason), "is missing.");
        problems.CheckText($"{field}.reason", Reason);
    }
}
