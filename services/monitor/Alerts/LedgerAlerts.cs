using Platform.Monitor.State;

namespace Platform.Monitor.Alerts;

internal static class LedgerAlerts
{
    extension(Ledger ledger)
    {
        public AlertBook Alerts => ledger.Part<AlertBook>();

        public RuleBook Rules => ledger.Part<RuleBook>();
    }
}
