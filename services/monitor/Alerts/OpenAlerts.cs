using Platform.Monitor.State;
using Platform.Monitor.Telemetry;

namespace Platform.Monitor.Alerts;

/// <summary>Tells the metrics which alerts are open.</summary>
internal sealed class OpenAlerts(MonitorMetrics metrics) : ILedgerObserver
{
    public void Stored(Ledger ledger) => metrics.AlertsOpen(ledger.Alerts.Open.Select(alert => (alert.Severity, alert.RuleId)));
}
