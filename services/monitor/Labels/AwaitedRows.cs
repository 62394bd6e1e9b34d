using Microsoft.Extensions.Options;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Intake;
using Platform.Monitor.State;

namespace Platform.Monitor.Labels;

/// <summary>The rows that callers say something of, and which of them are known.</summary>
internal sealed class AwaitedRows(LedgerKeeper keeper, ConsumptionSignal consumed, IOptions<GroundTruthOptions> options, TimeProvider time)
{
    /// <summary>How many ids name no known row, once what has been answered so far has had the time to be read from the log.</summary>
    public async Task<int> CountUnknownAsync(string model, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var more = consumed.Next;
            var unknown = await keeper.ChangeAsync(ledger => ids.Count(id => !ledger.Outcomes.Knows(model, id)), cancellationToken);
            var left = options.Value.CatchUp - time.GetElapsedTime(started);
            if (unknown == 0 || left <= TimeSpan.Zero)
                return unknown;

            // Whichever comes first: if the time is over, the next round ends it.
            await more.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What is wrong with ids that name a whole request of several rows; null where none does.</summary>
    public async Task<string?> HintAsync(string model, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var whole = await keeper.ChangeAsync(ledger => ids.Where(id => ledger.Outcomes.KnowsRowsOf(model, id)).ToArray(), cancellationToken);
        return whole is not [var id, ..]
            ? null
            : $"'{id}' names a request of several rows. Label its rows: '{id}:0', '{id}:1' and so on."
                + (whole.Length == 1 ? "" : $" So does the id of {whole.Length - 1} more.");
    }
}
