using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Registry.Gates;
using Platform.Registry.History;
using Platform.Registry.Policies;
using Platform.Registry.Rollouts;

namespace Platform.Registry.Promotions;

/// <summary>A promotion or roll-back as the HTTP API describes it.</summary>
/// <param name="Id">As in the model's history.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that was to serve.</param>
/// <param name="Alias">The alias that was to name it.</param>
/// <param name="PreviousVersion">The version that the alias named before; null when the alias was new.</param>
/// <param name="State">
/// completed or refused; of one that takes its time also running, paused, rolled_back or cancelled; measured where the gates were measured and
/// nothing else was to happen.
/// </param>
/// <param name="Strategy">How traffic moved.</param>
/// <param name="Gates">What the gates measured; empty for a roll-back, which does not wait for any.</param>
/// <param name="At">When it was decided (UTC).</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Reason">Why, in the caller's words.</param>
/// <param name="Override">Why it was promoted although gates failed; left out where none was set aside.</param>
internal sealed record Promotion(string Id, string Model, string Version, string Alias, string? PreviousVersion,
    [property: AllowedValues("completed", "refused", "running", "paused", "rolled_back", "cancelled", "measured")] string State,
    StrategyRequest Strategy, IReadOnlyList<GateRecord> Gates, DateTimeOffset At, string By, string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GateOverride? Override)
{
    /// <summary>The state of one whose gates were measured and of which nothing else was to happen.</summary>
    public const string Measured = "measured";

    /// <summary>The step that is under way or was the last, counted from 1; 0 where there are none; absent of one that was done at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Step { get; init; }

    /// <summary>What was decided about it, the first first; the latest of those to wait stands for all of its step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RolloutDecision>? Decisions { get; init; }

    /// <summary>Of a trial: what its steps will probably need to be decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExpectedSamples>? Expected { get; init; }

    public static Promotion Of(HistoryEntry entry) => new(
        entry.Id!, entry.Model, entry.Version!, entry.Alias!, entry.PreviousVersion,
        entry.Action switch
        {
            HistoryAction.PromotionRefused => "refused",
            HistoryAction.GatesMeasured => Measured,
            HistoryAction.PromotionStarted => RolloutState.Running,
            _ => RolloutState.Completed,
        },
        new StrategyRequest { Kind = entry.Strategy ?? StrategyKind.Immediate }, entry.Gates ?? [], entry.At, entry.By, entry.Reason, entry.Override);

    public static Promotion Of(Rollout rollout) => new(
        rollout.Id, rollout.Model, rollout.Version, rollout.Alias, rollout.Champion, rollout.State, rollout.Strategy, rollout.Gates, rollout.At,
        rollout.By, rollout.Reason, rollout.Override)
    {
        Step = rollout.Step,
        Decisions = rollout.Decisions,
    };
}
