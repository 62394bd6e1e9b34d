using Platform.Monitor.Drift;
using Platform.Monitor.Fairness;
using Platform.Monitor.Performance;
using Platform.Monitor.Windows;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Monitoring;

/// <summary>How much of what has been found is shown.</summary>
internal static class MonitoringDetail
{
    /// <summary>
    /// A headline for each window: counts, the features that have drifted, the groups that are treated unfairly, the measure that decides. Of
    /// the trends those that rise or fall.
    /// </summary>
    public const string Summary = "summary";

    /// <summary>Every feature of each window, with the verdict of the test that decides.</summary>
    public const string Windows = "windows";

    /// <summary>Everything: every test, why it was chosen, both distributions over the same bins.</summary>
    public const string Full = "full";

    // What is listed by default stays below ten kilobytes or so: one window of nine features, or several of fewer.
    private const int MostFeatures = 9;

    /// <summary>The answer with as much as is wanted; every member stays, with less in it.</summary>
    /// <param name="answer">All of it.</param>
    /// <param name="detail">How much of it; null for every feature of the newest windows and a headline of those before.</param>
    public static MonitoringAnswer Show(MonitoringAnswer answer, string? detail) => detail switch
    {
        null => NewestInDetail(answer),
        Full => answer,
        Summary => answer with
        {
            Baseline = WithoutFeatures(answer.Baseline),
            Windows = [.. answer.Windows.Select(Headline)],
            FairnessTrend = MovingOnly(answer.FairnessTrend),
        },
        _ => answer with { Baseline = WithoutEdges(answer.Baseline), Windows = [.. answer.Windows.Select(Verdicts)] },
    };

    private static MonitoringAnswer NewestInDetail(MonitoringAnswer answer)
    {
        var listed = 0;
        var windows = answer.Windows.Reverse().Select((window, age) =>
        {
            listed += Math.Max(window.Quality.Features.Count, 1) + MoreGroups(window);
            return listed <= MostFeatures ? Verdicts(window) : age == 0 ? Brief(window) : Headline(window);
        }).ToArray();
        var baseline = answer.Baseline.Features.Count <= MostFeatures ? WithoutEdges(answer.Baseline) : WithoutFeatures(answer.Baseline);
        return answer with { Baseline = baseline, Windows = [.. windows.Reverse()], FairnessTrend = MovingOnly(answer.FairnessTrend) };
    }

    // A privileged and an unprivileged group take no more room than their measures at the top do.
    private static int MoreGroups(WindowReport window) => Math.Max(0, (window.Fairness?.Attributes.Sum(set => set.Groups.Count) ?? 0) - 2);

    /// <summary>A headline, and the verdict on every feature: with its numbers where it has drifted.</summary>
    private static WindowReport Brief(WindowReport window) => Headline(window) with { Drift = Brief(window.Drift), Prediction = Verdicts(window.Prediction) };

    private static DriftReport? Brief(DriftReport? report) => Verdicts(report) is { } verdicts
        ? verdicts with { Features = [.. verdicts.Features.Select(feature => feature.Drifted == true ? feature : feature with { Tests = [] })] }
        : null;

    private static WindowReport Headline(WindowReport window) => Verdicts(window) with
    {
        Quality = window.Quality with { Features = [.. window.Quality.Features.Where(feature => feature.Share > 0)] },
        Drift = DriftedOnly(window.Drift),
        Prediction = DriftedOnly(window.Prediction),
        Performance = window.Performance is { } performance ? Headline(performance) : null,
        Fairness = Verdicts(window).Fairness is { } fairness ? fairness with { Attributes = UnfairOnly(fairness.Attributes) } : null,
        System = window.System with { LatencyMs = new(new(), new(), new(), window.System.LatencyMs.Total) },
    };

    private static ComparedSet[] UnfairOnly(IReadOnlyList<ComparedSet> sets) =>
        [.. sets.Select(set => set with { Groups = [.. set.Groups.Where(group => group.Unfair == true)] }).Where(set => set.Groups.Count > 0)];

    private static FairnessTrend? MovingOnly(FairnessTrend? trend) =>
        trend is null ? null : trend with { Groups = [.. trend.Groups.Where(group => group.Direction is "rising" or "falling")] };

    private static PerformanceReport Headline(PerformanceReport performance) => performance with
    {
        Realised = Deciding(performance.Realised),
        Estimated = performance.Estimated is { } estimated ? estimated with { F1 = null, RocAuc = null } : null,
    };

    private static Dictionary<string, object?>? Deciding(IReadOnlyDictionary<string, object?>? measures) =>
        measures?.Where(measure => measure.Key is "accuracy" or "mae").ToDictionary();

    private static DriftReport? DriftedOnly(DriftReport? report) => Verdicts(report) is { } verdicts
        ? verdicts with { Features = [.. verdicts.Features.Where(feature => feature.Drifted == true).Select(feature => feature with { Tests = [] })] }
        : null;

    private static WindowReport Verdicts(WindowReport window) => window with
    {
        Drift = Verdicts(window.Drift),
        Prediction = Verdicts(window.Prediction),
        Fairness = window.Fairness is { } fairness ? fairness with { Rule = null } : null,
    };

    // The deciding test comes first.
    private static DriftReport? Verdicts(DriftReport? report) => report is null
        ? null
        : report with { Correction = Brief(report.Correction), Features = [.. report.Features.Select(feature => feature with { Rule = null, Bins = null, Tests = [.. feature.Tests.Take(1)] })] };

    private static MultipleTesting? Brief(MultipleTesting? correction) => correction is null ? null : correction with { Promise = null };

    private static BaselineReport WithoutFeatures(BaselineReport baseline) => baseline with { Features = [], Prediction = [] };

    private static BaselineReport WithoutEdges(BaselineReport baseline) => baseline with
    {
        Features = [.. baseline.Features.Select(feature => feature with { Edges = null })],
        Prediction = [.. baseline.Prediction.Select(feature => feature with { Edges = null })],
    };
}
