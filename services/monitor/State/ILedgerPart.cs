using Platform.Hosting.Documents;

namespace Platform.Monitor.State;

/// <summary>What one subject remembers: read once, changed in memory, and stored with what else a change has touched.</summary>
internal interface ILedgerPart
{
    Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken);

    /// <summary>Adds what has changed since the last call.</summary>
    void Flush(DocumentBatch batch);
}
