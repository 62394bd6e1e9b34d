using Platform.Monitor.State;

namespace Platform.Monitor.Feedback;

internal static class LedgerFeedback
{
    extension(Ledger ledger)
    {
        public FeedbackBook Feedback => ledger.Part<FeedbackBook>();
    }
}
