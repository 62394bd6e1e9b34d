using Microsoft.Extensions.Options;
using Platform.Contracts.Monitor;
using Platform.Monitor.Alerts;
using Platform.Monitor.Baselines;
using Platform.Monitor.Fairness;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Performance;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;

namespace Platform.Monitor.Windows;

/// <summary>Keeps the performance of closed windows up to date as labels come in.</summary>
internal sealed class WindowPerformance(
    IOptions<PerformanceOptions> options, IOptions<FairnessOptions> fairness, AlertEvaluator alerts, MonitorMetrics metrics, TimeProvider time)
{
    /// <summary>Measures a closed window anew, unless it has been forgotten meanwhile.</summary>
    public void Update(Ledger ledger, Baseline baseline, OutcomeBlock block)
    {
        if (block.Sequence < ledger.Versions.GetOrAdd(block.Key).FirstSequence)
            return;

        var report = PerformanceCheck.Run(baseline, block.Outcomes, options.Value) with { Changes = [.. block.Changes] };
        ledger.Outcomes.Measured(block, new(report) { Fairness = report.Labelled > 0 ? FairnessOf(baseline, block) : null });
        if (report is { Labelled: > 0, LabelCoverage: { } coverage })
            metrics.Labelled(block.Key, coverage);
        alerts.Evaluate(ledger, block.Key, block.Sequence, WindowSignals.Of(report, options.Value), signal => Detail(signal, report));
        if (report.Degraded is not true || block.DegradationAnnounced)
            return;

        block.DegradationAnnounced = true;
        ledger.Outcomes.Change(block);
        ledger.Publish(block.Key.Model, new PerformanceDegraded
        {
            Model = block.Key.Model,
            Version = block.Key.Version,
            Metric = report.Metric ?? "",
            Value = report.Value ?? 0,
            Baseline = report.Baseline ?? 0,
            Count = report.Labelled,
            From = block.From,
            To = block.To,
            At = time.GetUtcNow(),
        });
    }

    private WindowFairness? FairnessOf(Baseline baseline, OutcomeBlock block) =>
        baseline.Fairness is { } plan && block.Groups is { } columns && columns.Count == plan.Attributes.Count
            ? FairnessCheck.Run(plan, baseline.Labels, block.Outcomes, columns, fairness.Value)
            : null;

    private static string? Detail(string signal, PerformanceReport report) => signal.StartsWith(Signals.Changes, StringComparison.Ordinal)
        ? report.Changes.Count == 0 ? null : string.Join(", ", report.Changes)
        : report.Metric is null ? null : FormattableString.Invariant($"{report.Metric} {report.Value:0.####}, was {report.Baseline:0.####}");
}
