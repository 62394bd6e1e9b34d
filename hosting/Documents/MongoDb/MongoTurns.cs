using MongoDB.Bson;
using MongoDB.Driver;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>
/// Turns by leases that their owners renew. Whoever waits takes one over that it has seen unrenewed for a whole term by its own
/// clock, so that no two clocks need to agree. Each turn has a document too, rewritten by whoever takes it: the commits of one
/// who does not know yet that it lost its turn fail on that.
/// </summary>
internal sealed class MongoTurns(MongoDatabase database, IDocumentStore documents, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the turn, and for the server while it is away.</summary>
    public async Task<Turn> TakeAsync(string name, TurnHolder holder, CancellationToken cancellationToken)
    {
        var lease = new MongoLease(database, name, time);
        while (true)
        {
            try
            {
                if (await lease.TryTakeAsync(cancellationToken)) return lease.Keep(holder, await EnterAsync(name, holder, cancellationToken));
            }
            catch (Exception exception) when (MongoFaults.IsTransient(exception) || MongoFaults.IsUnfit(exception) || exception is DocumentsUnavailableException)
            {
                // Asked for again below; readiness and the log say what is amiss.
            }
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Rewrites the turn's document and returns its revision.</summary>
    private async Task<long> EnterAsync(string name, TurnHolder holder, CancellationToken cancellationToken)
    {
        await documents.CommitAsync(new DocumentBatch().Put(Turn.Collection, name, holder, expectedRevision: null), cancellationToken);
        return (await documents.GetAsync<TurnHolder>(Turn.Collection, name, cancellationToken))!.Revision;
    }
}
