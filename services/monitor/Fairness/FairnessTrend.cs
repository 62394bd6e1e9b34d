using System.ComponentModel.DataAnnotations;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Fairness;

/// <summary>Whether the disparate impacts of groups rise or fall over the windows of an answer.</summary>
/// <param name="Test">mann_kendall.</param>
/// <param name="Alpha">A trend is an adjusted p-value below it.</param>
/// <param name="Correction">holm: the p-values of all groups are adjusted together.</param>
/// <param name="Groups">Every group that was compared in one of the windows.</param>
internal sealed record FairnessTrend(
    [property: AllowedValues("mann_kendall")] string Test, double Alpha, [property: AllowedValues("holm")] string Correction,
    IReadOnlyList<GroupTrend> Groups)
{
    /// <summary>Null where nothing was compared.</summary>
    /// <param name="windows">What was found window by window, the oldest first; null of one without groups.</param>
    /// <param name="alpha">The level of significance.</param>
    public static FairnessTrend? Of(IEnumerable<WindowFairness?> windows, double alpha)
    {
        var series = windows.OfType<WindowFairness>()
            .SelectMany(window => window.Attributes.SelectMany(set => set.Groups, (set, group) => (set, group)))
            .Where(item => item.group is { Role: "compared", DisparateImpact: not null })
            .GroupBy(item => (Features: string.Join('\n', item.set.Features), item.group.Group))
            .Select(group => (group.First().set.Features, group.Key.Group, Values: group.Select(item => item.group.DisparateImpact!.Value).ToArray()))
            .ToArray();
        if (series.Length == 0)
            return null;

        var tests = Array.ConvertAll(series, group => MannKendall.Of(group.Values));
        var adjusted = Statistics.Samples.Correction.Adjust(Statistics.Samples.Correction.Holm, Array.ConvertAll(tests, test => test.PValue));
        return new("mann_kendall", alpha, Statistics.Samples.Correction.Holm,
            [.. series.Select((group, at) => GroupTrend.Of(group.Features, group.Group, group.Values.Length, tests[at], adjusted[at], alpha))]);
    }
}
