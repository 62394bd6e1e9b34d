using Platform.Monitor.Drift;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Monitoring;

/// <summary>How much of what has been found is shown.</summary>
internal static class MonitoringDetail
{
    /// <summary>A headline for each window: counts, the features that have drifted, the measure that decides.</summary>
    public const string Summary = "summary";

    /// <summary>Every feature of each window, with the verdict of the test that decides.</summary>
    public const string Windows = "windows";

    /// <summary>Everything: every test, why it was chosen, the bins of the reference.</summary>
    public const string Full = "full";

    /// <summary>The answer with as much as is wanted; every member stays, with less in it.</summary>
    public static MonitoringAnswer Show(MonitoringAnswer answer, string detail) => detail switch
    {
        Full => answer,
        Summary => answer with
        {
            Baseline = answer.Baseline with { Features = [], Prediction = [] },
            Windows = [.. answer.Windows.Select(Headline)],
        },
        _ => answer with { Baseline = WithoutEdges(answer.Baseline), Windows = [.. answer.Windows.Select(Verdicts)] },
    };

    private static WindowReport Headline(WindowReport window) => Verdicts(window) with
    {
        Quality = window.Quality with { Features = [.. window.Quality.Features.Where(feature => feature.Share > 0)] },
        Drift = DriftedOnly(window.Drift),
        Prediction = DriftedOnly(window.Prediction),
        Performance = window.Performance is { } performance ? performance with { Realised = Deciding(performance.Realised) } : null,
        System = window.System with { LatencyMs = new(new(), new(), new(), window.System.LatencyMs.Total) },
    };

    private static Dictionary<string, object?>? Deciding(IReadOnlyDictionary<string, object?>? measures) =>
        measures?.Where(measure => measure.Key is "accuracy" or "mae").ToDictionary();

    private static DriftReport? DriftedOnly(DriftReport? report) => Verdicts(report) is { } verdicts
        ? verdicts with { Features = [.. verdicts.Features.Where(feature => feature.Drifted == true).Select(feature => feature with { Tests = [] })] }
        : null;

    private static WindowReport Verdicts(WindowReport window) =>
        window with { Drift = Verdicts(window.Drift), Prediction = Verdicts(window.Prediction) };

    // The deciding test comes first.
    private static DriftReport? Verdicts(DriftReport? report) => report is null
        ? null
        : report with { Features = [.. report.Features.Select(feature => feature with { Rule = null, Bins = null, Tests = [.. feature.Tests.Take(1)] })] };

    private static BaselineReport WithoutEdges(BaselineReport baseline) => baseline with
    {
        Features = [.. baseline.Features.Select(feature => feature with { Edges = null })],
        Prediction = [.. baseline.Prediction.Select(feature => feature with { Edges = null })],
    };
}
