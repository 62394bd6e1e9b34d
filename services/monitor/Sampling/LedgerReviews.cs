using Platform.Monitor.State;

namespace Platform.Monitor.Sampling;

internal static class LedgerReviews
{
    extension(Ledger ledger)
    {
        public ReviewBook Reviews => ledger.Part<ReviewBook>();
    }
}
