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

    /// <summary>Whether several processes may use it at a time.</summary>
    bool IsShared { get; }

    /// <summary>
    /// Waits until this process alone has the turn of that name; it has it until the turn is disposed of or lost.
    /// <paramref name="holder"/> tells others about the process (<see cref="FindTurnHolderAsync"/>).
    /// </summary>
    ValueTask<Turn> TakeTurnAsync(string name, string holder, CancellationToken cancellationToken);

    /// <summary>What the process that took the turn last said of itself; null when nobody has.</summary>
    ValueTask<string?> FindTurnHolderAsync(string name, CancellationToken cancellationToken);
}
