using Platform.Monitor.Baselines;
using Platform.Monitor.Routes;
using Platform.Monitor.State;

namespace Platform.Monitor.GroundTruth;

internal static class LedgerOutcomes
{
    extension(Ledger ledger)
    {
        public OutcomeBook Outcomes => ledger.Part<OutcomeBook>();

        public ErrorStreamBook ErrorStreams => ledger.Part<ErrorStreamBook>();

        public RouteLabels RouteLabels => ledger.Part<RouteLabels>();

        public RouteOutcomes RouteOutcomes => ledger.Part<RouteOutcomes>();

        /// <summary>Counts a business outcome of a row of a closed window, the first of its name.</summary>
        public void Report(OutcomeBlock block, int row, HeldOutcome outcome)
        {
            if (!block.Report(row, outcome.Name))
                return;
            ledger.RouteOutcomes.Add(block.Key, block.RouteOf(row), outcome.Name, outcome.Value);
            ledger.Outcomes.Change(block);
        }

        /// <summary>Labels a row of a closed window, and counts its first label.</summary>
        public void Label(OutcomeBlock block, int row, HeldLabel label, Baseline baseline)
        {
            var wrong = ledger.ErrorStreams.Label(block, row, label, baseline);
            if (wrong is not null && block.Outcomes.Predictions[row].Class is not null)
                ledger.RouteLabels.Add(block.Key, block.RouteOf(row), correct: !wrong.Value);
        }
    }
}
