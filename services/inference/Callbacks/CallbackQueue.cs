using System.Globalization;
using Platform.Hosting.Documents;

namespace Platform.Inference.Callbacks;

/// <summary>
/// The callbacks that are to be sent, as documents whose ids sort by when they are due. One is taken by moving it to the time
/// at which whoever has taken it must have died.
/// </summary>
internal sealed class CallbackQueue([FromKeyedServices(InferenceService.Name)] IDocumentStore documents)
{
    private const string Collection = "job-callbacks";
    private const int PageSize = 100;

    /// <summary>Adds one to the commit in which its job ends.</summary>
    public static void Add(DocumentBatch batch, string job, DateTimeOffset dueAt) =>
        batch.Put(Collection, IdOf(job, dueAt), new QueuedCallback(job, dueAt), expectedRevision: null);

    /// <summary>The next ones, those that are due longest first.</summary>
    public async Task<IReadOnlyList<Document<QueuedCallback>>> ReadNextAsync(CancellationToken cancellationToken) =>
        (await documents.QueryAsync<QueuedCallback>(new DocumentQuery(Collection) { Limit = PageSize }, cancellationToken)).Items;

    /// <summary>Takes one until <paramref name="until"/>; null when another process was faster.</summary>
    public async Task<Document<QueuedCallback>?> TryTakeAsync(
        Document<QueuedCallback> due, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var taken = new Document<QueuedCallback>(IdOf(due.Value.Job, until), 1, due.Value with { DueAt = until });
        var batch = new DocumentBatch().Delete(Collection, due.Id, due.Revision).Put(Collection, taken.Id, taken.Value, expectedRevision: 0);
        return await documents.CommitAsync(batch, cancellationToken) is null ? taken : null;
    }

    /// <summary>Takes one out of the queue, with what else belongs to its end.</summary>
    public static DocumentBatch Remove(DocumentBatch batch, Document<QueuedCallback> taken) => batch.Delete(Collection, taken.Id, taken.Revision);

    private static string IdOf(string job, DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture) + "-" + job;
}

/// <summary>A callback that is to be sent.</summary>
internal sealed record QueuedCallback(string Job, DateTimeOffset DueAt);
