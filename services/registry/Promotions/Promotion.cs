using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Contracts.Registry;
using Platform.Registry.Gates;
using Platform.Registry.History;

namespace Platform.Registry.Promotions;

/// <summary>A promotion or roll-back as the HTTP API describes it.</summary>
/// <param name="Id">As in the model's history.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that was to serve.</param>
/// <param name="Alias">The alias that was to name it.</param>
/// <param name="PreviousVersion">The version that the alias named before; null when the alias was new.</param>
/// <param name="State">completed, refused, or measured where the gates were measured and nothing else was to happen.</param>
/// <param name="Strategy">How traffic moved.</param>
/// <param name="Gates">What the gates measured; empty for a roll-back, which does not wait for any.</param>
/// <param name="At">When it was decided (UTC).</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Reason">Why, in the caller's words.</param>
/// <param name="Override">Why it was promoted although gates failed; left out where none was set aside.</param>
internal sealed record Promotion(string Id, string Model, string Version, string Alias, string? PreviousVersion,
    [property: AllowedValues("completed", "refused", "measured")] string State,
    DeploymentStrategy Strategy, IReadOnlyList<GateRecord> Gates, DateTimeOffset At, string By, string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GateOverride? Override)
{
    public static Promotion Of(HistoryEntry entry) => new(
        entry.Id!, entry.Model, entry.Version!, entry.Alias!, entry.PreviousVersion,
        entry.Action switch { HistoryAction.PromotionRefused => "refused", HistoryAction.GatesMeasured => "measured", _ => "completed" },
        new DeploymentStrategy(), entry.Gates ?? [], entry.At, entry.By, entry.Reason, entry.Override);
}
