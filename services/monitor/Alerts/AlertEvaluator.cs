using System.Globalization;
using Platform.Contracts.Monitor;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Alerts;

/// <summary>
/// Holds windows against the rules. An alert is raised after enough breached windows and resolved after enough clean ones,
/// so that a signal that hovers about its threshold does not flap.
/// </summary>
internal sealed class AlertEvaluator(TimeProvider time, MonitorMetrics metrics)
{
    public const string Self = "monitor";

    /// <summary>Judges a window by every rule that watches its model and whose signal it gives.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="version">The window's version.</param>
    /// <param name="window">Its number.</param>
    /// <param name="signals">What it says.</param>
    /// <param name="detail">Words to add to a summary, by signal.</param>
    public void Evaluate(
        Ledger ledger, VersionKey version, long window, IReadOnlyDictionary<string, double> signals, Func<string, string?> detail)
    {
        foreach (var rule in ledger.Rules.All)
        {
            if (rule.Watches(version.Model) && signals.TryGetValue(rule.Metric, out var value))
                Judge(ledger, rule, version, new(window, value, detail(rule.Metric)));
        }
    }

    /// <summary>Resolves an alert for a reason other than clean windows.</summary>
    public void Resolve(Ledger ledger, Alert alert, string by, string summary, string? note = null)
    {
        var resolved = alert.To(AlertState.Resolved, by, time.GetUtcNow(), note);
        ledger.Alerts.Set(resolved);
        ledger.Alerts.Forget(alert.RuleId, alert.VersionKey());
        ledger.Publish(alert.Model, new AlertResolved
        {
            AlertId = alert.Id,
            RuleId = alert.RuleId,
            Model = alert.Model,
            Version = alert.Version,
            Severity = alert.Severity,
            Summary = summary,
            At = resolved.UpdatedAt,
        });
    }

    private void Judge(Ledger ledger, AlertRule rule, VersionKey version, Finding finding)
    {
        var verdicts = ledger.Alerts.Judge(rule.Id, version);
        var breached = rule.IsBreachedBy(finding.Value);
        verdicts.Note(finding.Window, breached);

        var open = ledger.Alerts.Find(rule.Id, version);
        if (open is null && breached && verdicts.Raise(rule))
            Raise(ledger, rule, version, finding, verdicts.BreachedAmong(rule.Of));
        else if (open is not null && breached)
            ledger.Alerts.Set(Updated(open, finding));
        else if (open is not null && verdicts.Resolve(rule))
            Resolve(ledger, open, Self, $"{version}: {rule.Metric} was clean in the last {rule.ResolveAfter} windows.");
    }

    private void Raise(Ledger ledger, AlertRule rule, VersionKey version, Finding finding, int breaches)
    {
        var now = time.GetUtcNow();
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(now).ToString(),
            RuleId = rule.Id,
            Model = version.Model,
            Version = version.Version,
            State = AlertState.Active,
            Severity = rule.Severity,
            Summary = Summarise(rule, version, finding, breaches),
            Metric = rule.Metric,
            Value = finding.Value,
            Threshold = rule.Threshold,
            RaisedAt = now,
            UpdatedAt = now,
            Window = finding.Window,
            Breaches = breaches,
            History = [new(AlertState.Active, Self, now, null)],
        };
        ledger.Alerts.Set(alert);
        metrics.AlertRaised(version, rule.Id);
        ledger.Publish(alert.Model, new AlertRaised
        {
            AlertId = alert.Id,
            RuleId = alert.RuleId,
            Model = alert.Model,
            Version = alert.Version,
            Severity = alert.Severity,
            Summary = alert.Summary,
            Action = rule.Action,
            ProtectionMinutes = rule.ProtectionMinutes ?? 0,
            At = now,
        });
    }

    // Labels that come in late may judge a window again; it is one breach all the same.
    private Alert Updated(Alert alert, Finding finding) => finding.Window < alert.Window ? alert : alert with
    {
        Value = finding.Value,
        UpdatedAt = time.GetUtcNow(),
        Breaches = alert.Breaches + (finding.Window > alert.Window ? 1 : 0),
        Window = finding.Window,
    };

    private static string Summarise(AlertRule rule, VersionKey version, Finding finding, int breaches)
    {
        var value = finding.Value.ToString("0.####", CultureInfo.InvariantCulture);
        var threshold = rule.Threshold.ToString("0.####", CultureInfo.InvariantCulture);
        var detail = finding.Detail is null ? "" : $" ({finding.Detail})";
        return $"{version}: {rule.Metric} is {value}{detail}, {rule.Operator} {threshold} in {breaches} of the last {rule.Of} windows.";
    }

    private readonly record struct Finding(long Window, double Value, string? Detail);
}
