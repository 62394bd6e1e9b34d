using Platform.Monitor.State;

namespace Platform.Monitor.Windows;

internal static class LedgerVersions
{
    extension(Ledger ledger)
    {
        public VersionBook Versions => ledger.Part<VersionBook>();
    }
}
