using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Work;

/// <summary>
/// One kind of work as documents. Every change names the revision it starts from, and an end is one commit with all that belongs to it
/// (<see cref="End"/>). A service says here what its work is: how it ends when it is given up or cancelled, and when it goes.
/// </summary>
public abstract class WorkStore<T>(IDocumentStore documents, string collection) where T : WorkRecord
{
    private const string StateField = "state";
    private const int PageSize = 1000;
    private const int RemovedAtOnce = 100;

    /// <summary>The documents that this kind of work is among.</summary>
    protected internal IDocumentStore Documents => documents;

    /// <summary>The work of that id; null when there is none, or none any more.</summary>
    public ValueTask<Document<T>?> FindAsync(string id, CancellationToken cancellationToken) => documents.GetAsync<T>(collection, id, cancellationToken);

    /// <summary>Takes work further (0: it is new), to its end if need be. False when another was faster; nothing has changed then.</summary>
    public async Task<bool> TryPutAsync(T work, long expectedRevision, CancellationToken cancellationToken)
    {
        var batch = Put(new DocumentBatch(), work, expectedRevision);
        if (work.IsFinal) End(batch, work);
        if (await documents.CommitAsync(batch, cancellationToken) is not null) return false;
        if (work.IsFinal) Ended(work);
        return true;
    }

    /// <summary>All work in a state, in the order of ids.</summary>
    public async IAsyncEnumerable<Document<T>> ReadAsync(string state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = InState(state) with { Limit = PageSize };
        do
        {
            var page = await documents.QueryAsync<T>(query, cancellationToken);
            foreach (var work in page.Items) yield return work;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>Work in a state, at most so much of it, in the order of ids.</summary>
    public async Task<IReadOnlyList<Document<T>>> FindAsync(string state, int limit, CancellationToken cancellationToken) =>
        (await documents.QueryAsync<T>(InState(state) with { Limit = limit }, cancellationToken)).Items;

    /// <summary>Removes what is no longer kept, and says how much.</summary>
    public abstract Task<int> RemoveExpiredAsync(CancellationToken cancellationToken);

    /// <summary>The end of work that was begun too often.</summary>
    protected internal abstract T GiveUp(T work, DateTimeOffset now);

    /// <summary>The end of work that somebody cancels.</summary>
    protected internal abstract T Cancel(T work, DateTimeOffset now);

    /// <summary>Adds to the commit in which work ends what goes with that: its events, what is no longer needed, when it goes.</summary>
    protected abstract void End(DocumentBatch batch, T work);

    /// <summary>Work has ended, by a commit of this process.</summary>
    protected virtual void Ended(T work)
    {
    }

    /// <summary>Adds work to a commit.</summary>
    public DocumentBatch Put(DocumentBatch batch, T work, long expectedRevision) =>
        batch.Put(collection, work.Id, work, expectedRevision, new Dictionary<string, string> { [StateField] = work.State });

    /// <summary>Removes work in a commit.</summary>
    protected DocumentBatch Remove(DocumentBatch batch, string id) => batch.Delete(collection, id);

    /// <summary>Ids that sort by the moment, so that what goes first stands first. Those of the work itself do not: senders of commands choose theirs.</summary>
    protected static string IdOf(DateTimeOffset at, string id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D19}-{id}");

    /// <summary>Goes through documents with such ids while they are due, removing each with what <paramref name="remove"/> adds.</summary>
    protected async Task<int> RemoveDueAsync<TExpiry>(
        string expiries, Func<TExpiry, bool> isDue, Action<DocumentBatch, TExpiry> remove, CancellationToken cancellationToken)
    {
        var removed = 0;
        while (true)
        {
            var page = await documents.QueryAsync<TExpiry>(new DocumentQuery(expiries) { Limit = RemovedAtOnce }, cancellationToken);
            var due = page.Items.TakeWhile(expiry => isDue(expiry.Value)).ToList();
            var batch = new DocumentBatch();
            foreach (var expiry in due) remove(batch.Delete(expiries, expiry.Id), expiry.Value);
            if (due.Count > 0) await documents.CommitAsync(batch, cancellationToken);
            removed += due.Count;
            if (due.Count < RemovedAtOnce) return removed;
        }
    }

    private DocumentQuery InState(string state) => new(collection) { Where = new Dictionary<string, string> { [StateField] = state } };
}
