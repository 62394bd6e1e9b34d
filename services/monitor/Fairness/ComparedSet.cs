using Platform.Statistics.Metrics;

namespace Platform.Monitor.Fairness;

/// <summary>Groups that are compared with each other.</summary>
/// <param name="Features">The feature that divides them, or those whose groups meet.</param>
/// <param name="Reference">The group that the others are compared with; null where it has too few rows.</param>
/// <param name="IsBestOff">Whether that is the group that was best off in this window, not one that the metadata name.</param>
/// <param name="Groups">Every group, whether it has rows or not.</param>
internal sealed record ComparedSet(IReadOnlyList<string> Features, string? Reference, bool IsBestOff, IReadOnlyList<GroupReport> Groups)
{
    public static ComparedSet Of(GroupSet set, IReadOnlyList<ComparedGroup> groups) => new(
        set.Features, groups.FirstOrDefault(group => group.Role == GroupRole.Reference)?.Name, set.Reference is null, [.. groups.Select(GroupReport.Of)]);
}
