using Platform.Monitor.State;

namespace Platform.Monitor.GroundTruth;

internal static class LedgerOutcomes
{
    extension(Ledger ledger)
    {
        public OutcomeBook Outcomes => ledger.Part<OutcomeBook>();

        public ErrorStreamBook ErrorStreams => ledger.Part<ErrorStreamBook>();
    }
}
