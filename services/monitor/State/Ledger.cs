using Platform.Contracts;
using Platform.Hosting.Documents;

namespace Platform.Monitor.State;

/// <summary>
/// Everything that the monitor remembers, in memory, in parts that the subjects bring. It is changed by one change at a time and only
/// through the <see cref="LedgerKeeper"/>, which stores each change before anybody hears of it.
/// </summary>
/// <param name="parts">In the order in which their changes are stored.</param>
internal sealed class Ledger(params IReadOnlyList<ILedgerPart> parts)
{
    private readonly Dictionary<Type, ILedgerPart> _byType = parts.ToDictionary(part => part.GetType());
    private DocumentBatch _batch = new();

    /// <summary>The trace that led to a change that is not stored yet; null where none is collected.</summary>
    public string? Trace { get; set; }

    public T Part<T>() where T : ILedgerPart => (T)_byType[typeof(T)];

    /// <summary>Publishes an event once the change is stored; events of a model stay in order.</summary>
    public void Publish<T>(string model, T message) where T : IEvent => _batch.Publish(model, message);

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
            await part.LoadAsync(documents, cancellationToken);
    }

    /// <summary>What has changed since the last call.</summary>
    public DocumentBatch TakeChanges()
    {
        foreach (var part in parts)
            part.Flush(_batch);
        return Interlocked.Exchange(ref _batch, new());
    }
}
