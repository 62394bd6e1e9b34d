using System.ComponentModel.DataAnnotations;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Fairness;

/// <summary>Whether a group's disparate impact rises or falls from window to window.</summary>
/// <param name="Features">The feature that divides the group from others, or those whose groups meet.</param>
/// <param name="Group">The group.</param>
/// <param name="Windows">In so many windows it was compared with the reference group, or was the best-off group that the others were compared with.</param>
/// <param name="Tau">Kendall's tau-b with the order in time; null of constant values.</param>
/// <param name="PValue">Two-sided; null of fewer than eight windows.</param>
/// <param name="AdjustedPValue">Allowing for all groups.</param>
/// <param name="Direction">rising, falling or none; null without a p-value.</param>
internal sealed record GroupTrend(
    IReadOnlyList<string> Features, string Group, int Windows, double? Tau, double? PValue, double? AdjustedPValue,
    [property: AllowedValues("rising", "falling", "none", null)] string? Direction)
{
    public static GroupTrend Of(
        IReadOnlyList<string> features, string group, int windows, MannKendall found, double adjusted, double alpha) => new(
        features, group, windows, Finite.OrNull(found.Tau), Finite.OrNull(found.PValue), Finite.OrNull(adjusted),
        double.IsNaN(adjusted) ? null : adjusted >= alpha ? "none" : found.Tau > 0 ? "rising" : "falling");
}
