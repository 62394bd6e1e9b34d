using Microsoft.Extensions.Options;
using Platform.Contracts.Monitor;
using Platform.Monitor.Alerts;
using Platform.Monitor.Drift;
using Platform.Monitor.Fairness;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Predictions;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Windows;

/// <summary>Ends a window: checks it, stores what was found, says so, and holds it against the rules.</summary>
internal sealed class WindowCloser(
    WindowCheck check, WindowPerformance performance, AlertEvaluator alerts, IOptions<WindowOptions> options, MonitorMetrics metrics,
    TimeProvider time)
{
    /// <summary>Ends the version's open window.</summary>
    public void Close(Ledger ledger, VersionState version)
    {
        var window = version.Open!;
        using var activity = MonitorTracing.CloseWindow(version.Key, window.Trace);
        ledger.Trace = activity?.Id ?? ledger.Trace;
        var report = check.Run(window, version.NextSequence);
        var block = new OutcomeBlock(version.Key, report.Sequence, report.From, report.To, window.Ids, window.Predictions, window.RowRoutes)
        {
            Groups = window.Groups?.Columns,
        };
        JoinHeldLabels(ledger, window, block);
        JoinHeldOutcomes(ledger, window, block);

        version.Routes.Add(window.Routes);
        version.Open = null;
        ledger.Versions.Close(version, report, options.Value);
        ledger.Outcomes.Close(block);
        metrics.WindowClosed(version.Key, report.Drift?.DriftedShare);

        Announce(ledger, version.Key, "data", report, report.Drift);
        Announce(ledger, version.Key, "prediction", report, report.Prediction);
        alerts.Evaluate(ledger, version.Key, report.Sequence, WindowSignals.Of(report), signal => Detail(signal, report));
        performance.Update(ledger, window.Baseline, block);
    }

    // In the order in which they came in, as of equally late ones the last counts.
    private void JoinHeldLabels(Ledger ledger, OpenWindow window, OutcomeBlock block)
    {
        var refused = 0;
        for (var row = 0; row < window.Ids.Count && ledger.Outcomes.Held.Count > 0; row++)
        {
            foreach (var held in Waiting(ledger.Outcomes.Held, block.Key.Model, window.Ids[row]).OrderBy(label => label.ReceivedAt))
            {
                if (window.Baseline.Labels.Resolve(held.Label) is { } label)
                    ledger.Label(block, row, held with { Label = label }, window.Baseline);
                else
                    refused++;
            }
        }

        metrics.Labels("refused", refused);
    }

    // From the last row on: an id that was used twice names the later row, by which a value that is said again is known.
    private static void JoinHeldOutcomes(Ledger ledger, OpenWindow window, OutcomeBlock block)
    {
        for (var row = window.Ids.Count - 1; row >= 0 && ledger.Outcomes.HeldOutcomes.Count > 0; row--)
        {
            foreach (var held in Waiting(ledger.Outcomes.HeldOutcomes, block.Key.Model, window.Ids[row]).OrderBy(outcome => outcome.At))
                ledger.Report(block, row, held);
        }
    }

    private static IEnumerable<T> Waiting<T>(HeldRows<T> held, string model, RowId id) where T : class, IHeldRow<T> =>
        held.Take(model, id.Text).Concat(id.IsOnly ? held.Take(model, RowId.AsFirst(id.Text)) : []);

    private void Announce(Ledger ledger, VersionKey version, string kind, WindowReport report, DriftReport? drift)
    {
        if (drift is not { Drifted: true, DriftedShare: { } share })
            return;

        ledger.Publish(version.Model, new DriftDetected
        {
            Model = version.Model,
            Version = version.Version,
            Kind = kind,
            Features = drift.Strongest(),
            DriftedShare = share,
            Count = report.Count,
            From = report.From,
            To = report.To,
            At = time.GetUtcNow(),
        });
    }

    private static string? Detail(string signal, WindowReport report) => signal switch
    {
        Signals.DriftedFeatures or Signals.DriftedShare => Names(report.Drift!.Strongest()),
        Signals.DriftedPrediction => Names(report.Prediction!.Strongest()),
        Signals.Unfair or Signals.UnfairGroups => Groups(report.Fairness!),
        Signals.WorstQuality => report.Quality.Features.MaxBy(feature => feature.Share)?.Name,
        _ => null,
    };

    private static string? Groups(WindowFairness fairness)
    {
        if (fairness.Unfairly() is not [var (set, group), .. var others])
            return null;
        var more = others.Length switch { 0 => "", 1 => ", and 1 more group", _ => $", and {others.Length} more groups" };
        var chance = group.AdjustedPValue < 0.0001 ? "p < 0.0001" : FormattableString.Invariant($"p = {group.AdjustedPValue:0.####}");
        return FormattableString.Invariant(
            $"disparate impact {group.DisparateImpact:0.###} of '{group.Group}' against '{set.Reference}' by {string.Join(" and ", set.Features)}, {chance}{more}");
    }

    private static string? Names(IReadOnlyList<string> features) => features.Count == 0 ? null : string.Join(", ", features.Take(5));
}
