using Platform.Hosting.Outbox;

namespace Platform.Hosting.Documents;

/// <summary>
/// The documents and the outbox of one service. A service asks for its own by key:
/// <c>[FromKeyedServices("registry")] IDocumentStore documents</c>.
/// </summary>
public interface IDocumentStore
{
    /// <summary>The document, or null.</summary>
    ValueTask<Document<T>?> GetAsync<T>(string collection, string id, CancellationToken cancellationToken);

    /// <summary>Documents of a collection in ordinal order of their ids, a page at a time.</summary>
    ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Writes all of the batch, its outbox messages included, or nothing. Durable when it returns null; otherwise the
    /// document whose revision was not the expected one, and nothing has changed.
    /// </summary>
    ValueTask<DocumentConflict?> CommitAsync(DocumentBatch batch, CancellationToken cancellationToken);

    /// <summary>Outbox messages with a sequence number above <paramref name="after"/>, in order.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Sequence number of the last committed outbox message; 0 when there is none.</summary>
    ValueTask<long> LastSequenceAsync(CancellationToken cancellationToken);

    /// <summary>Completes once there is an outbox message with a sequence number above <paramref name="after"/>.</summary>
    ValueTask WaitForEventsAsync(long after, CancellationToken cancellationToken);

    /// <summary>Waits until this process alone may publish the outbox; it may until the turn is disposed of or lost.</summary>
    ValueTask<OutboxTurn> TakeOutboxTurnAsync(CancellationToken cancellationToken);
}
