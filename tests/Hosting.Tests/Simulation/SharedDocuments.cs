using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// The documents of one server as a replica of a service sees them: each call takes a while, a replica may stand still for long, and a turn that
/// is not renewed meanwhile goes to another. As with the servers' own stores, whoever takes a turn writes its document anew.
/// </summary>
internal sealed class SharedDocuments(IDocumentStore server, Leases leases, World world) : IDocumentStore
{
    private static readonly TimeSpan Call = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(40);

    /// <summary>The share of calls over which the replica stands still.</summary>
    public double Standstills { get; set; }

    public bool IsShared => true;

    public async ValueTask<Document<T>?> GetAsync<T>(string collection, string id, CancellationToken cancellationToken)
    {
        await CallAsync(cancellationToken);
        return await server.GetAsync<T>(collection, id, cancellationToken);
    }

    public ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken) => server.QueryAsync<T>(query, cancellationToken);

    public async ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch, CancellationToken cancellationToken)
    {
        await CallAsync(cancellationToken);
        return await server.CommitAsync(batch, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await CallAsync(cancellationToken);
        return await server.ReadEventsAsync(after, world.Random.Next(1, limit), cancellationToken);
    }

    public ValueTask<long> LastSequenceAsync(CancellationToken cancellationToken) => server.LastSequenceAsync(cancellationToken);

    public async ValueTask WaitForEventsAsync(long after, CancellationToken cancellationToken)
    {
        while (await server.LastSequenceAsync(cancellationToken) <= after) await world.PauseAsync(Look, cancellationToken);
    }

    public async ValueTask<Turn> TakeTurnAsync(string name, string holder, CancellationToken cancellationToken)
    {
        while (true)
        {
            var lease = await leases.TakeAsync(name, cancellationToken);
            try
            {
                var said = new TurnHolder(holder, world.Time.GetUtcNow());
                await server.CommitAsync(new DocumentBatch().Put(Turn.Collection, name, said, expectedRevision: null), cancellationToken);
                var revision = (await server.GetAsync<TurnHolder>(Turn.Collection, name, cancellationToken))!.Revision;
                return Turn.Shared(name, said, revision, () => leases.GiveBackAsync(name, lease), lease.Lost);
            }
            catch (IOException)
            {
                await leases.GiveBackAsync(name, lease); // the server's disk has refused it: it is asked again
            }
            await world.PauseAsync(Look, cancellationToken);
        }
    }

    public async ValueTask<string?> FindTurnHolderAsync(string name, CancellationToken cancellationToken) =>
        (await server.GetAsync<TurnHolder>(Turn.Collection, name, cancellationToken))?.Value.Holder;

    /// <summary>One that stands still does not renew its turns, and hears of that only when it goes on.</summary>
    private async Task CallAsync(CancellationToken cancellationToken)
    {
        if (world.Random.NextDouble() < Standstills) await world.PauseAsync(Standstill, CancellationToken.None);
        else await world.PauseAsync(Call, cancellationToken);
    }
}
