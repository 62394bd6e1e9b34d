using System.ComponentModel.DataAnnotations;
using Platform.Registry.Comparisons;

namespace Platform.Registry.Rollouts;

/// <summary>What was decided about a promotion, when, why, and by which numbers.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Step">In which step, counted from 1; 0 where there are none.</param>
/// <param name="Verdict">advance, wait, pause or rollback.</param>
/// <param name="Reason">Why, a sentence.</param>
/// <param name="Measures">What was compared; empty where nothing was.</param>
internal sealed record RolloutDecision(
    DateTimeOffset At, int Step, [property: AllowedValues("advance", "wait", "pause", "rollback")] string Verdict, string Reason,
    IReadOnlyList<MeasureComparison> Measures)
{
    public const string Advance = "advance";
    public const string Wait = "wait";
    public const string Pause = "pause";
    public const string Rollback = "rollback";
}
