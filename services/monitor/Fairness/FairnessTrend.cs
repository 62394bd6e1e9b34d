using System.ComponentModel.DataAnnotations;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Fairness;

/// <summary>
/// Whether the disparate impacts of groups rise or fall over the windows of an answer. Where the best-off group is the reference, its own is
/// 1 in the windows in which it is that.
/// </summary>
/// <param name="Test">mann_kendall.</param>
/// <param name="Alpha">A trend is an adjusted p-value below it.</param>
/// <param name="Correction">holm: the p-values of all groups are adjusted together.</param>
/// <param name="Groups">Every group with a disparate impact in one of the windows; of shorter answers those that rise or fall.</param>
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
            .SelectMany(window => window.Attributes.SelectMany((_, place) => Found(window.Attributes, place)))
            .GroupBy(item => item.Key)
            .Select(group => (group.First().Features, group.Key.Group, Values: group.Select(item => item.Impact).ToArray()))
            .ToArray();
        if (series.Length == 0)
            return null;

        var tests = Array.ConvertAll(series, group => MannKendall.Of(group.Values));
        var adjusted = Statistics.Samples.Correction.Adjust(Statistics.Samples.Correction.Holm, Array.ConvertAll(tests, test => test.PValue));
        return new("mann_kendall", alpha, Statistics.Samples.Correction.Holm,
            [.. series.Select((group, at) => GroupTrend.Of(group.Features, group.Group, group.Values.Length, tests[at], adjusted[at], alpha))]);
    }

    // Two sets may be of the same feature, the privileged and the unprivileged group and those of a list.
    private static IEnumerable<(SeriesKey Key, IReadOnlyList<string> Features, double Impact)> Found(IReadOnlyList<ComparedSet> sets, int place)
    {
        var set = sets[place];
        var (features, same) = (string.Join('\n', set.Features), sets.Take(place).Count(before => before.Features.SequenceEqual(set.Features)));
        for (var group = 0; group < set.Groups.Count; group++)
        {
            if (ImpactOf(set, set.Groups[group]) is { } impact)
                yield return (new(features, same, group, set.Groups[group].Group), set.Features, impact);
        }
    }

    // A named reference group is left out: it is 1 in every window.
    private static double? ImpactOf(ComparedSet set, GroupReport group) => group.Role switch
    {
        "compared" => group.DisparateImpact,
        "reference" when set.IsBestOff && group.SelectionRate > 0 && set.Groups.Any(other => other.Role == "compared") => 1,
        _ => null,
    };

    private readonly record struct SeriesKey(string Features, int Set, int Place, string Group);
}
