using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Documents;

namespace Platform.Inference.Tests.Scoring;

/// <summary>
/// The real store of a host, of which its process says that others may use it too: so a second host can be at the same work. It can also lose the answer
/// to a commit, as a connection to a database does.
/// </summary>
internal sealed class SharedStore(IDocumentStore documents, bool isOwner) : IDocumentStore, IAsyncDisposable
{
    /// <summary>Called when a batch has been committed; what it throws is all that the caller hears.</summary>
    public Action<DocumentBatch>? Committed { get; set; }

    public bool IsShared => true;

    /// <summary>Puts it over the host's own store.</summary>
    public static void Over(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IDocumentStore) && Equals(service.ServiceKey, InferenceService.Name));
        services.AddKeyedSingleton<IDocumentStore>(InferenceService.Name,
            (provider, key) => new SharedStore((IDocumentStore)own.KeyedImplementationFactory!(provider, key), isOwner: true));
    }

    /// <summary>The store of a host that was set up so.</summary>
    public static SharedStore Of(InferenceHost host) => (SharedStore)host.Services.GetRequiredKeyedService<IDocumentStore>(InferenceService.Name);

    /// <summary>Gives a second host this one.</summary>
    public void ShareWith(IServiceCollection services) => services.AddKeyedSingleton<IDocumentStore>(InferenceService.Name, new SharedStore(this, isOwner: false));

    public ValueTask<Document<T>?> GetAsync<T>(string collection, string id, CancellationToken cancellationToken) =>
        documents.GetAsync<T>(collection, id, cancellationToken);

    public ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken) =>
        documents.QueryAsync<T>(query, cancellationToken);

    public async ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch, CancellationToken cancellationToken)
    {
        var conflict = await documents.CommitAsync(batch, cancellationToken);
        if (conflict is null) Committed?.Invoke(batch);
        return conflict;
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken) =>
        documents.ReadEventsAsync(after, limit, cancellationToken);

    public ValueTask<long> LastSequenceAsync(CancellationToken cancellationToken) => documents.LastSequenceAsync(cancellationToken);

    public ValueTask WaitForEventsAsync(long after, CancellationToken cancellationToken) => documents.WaitForEventsAsync(after, cancellationToken);

    public ValueTask<Turn> TakeTurnAsync(string name, string holder, CancellationToken cancellationToken) =>
        documents.TakeTurnAsync(name, holder, cancellationToken);

    public ValueTask<string?> FindTurnHolderAsync(string name, CancellationToken cancellationToken) => documents.FindTurnHolderAsync(name, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (isOwner && documents is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }
}
