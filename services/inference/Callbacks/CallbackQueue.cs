using System.Globalization;
using Platform.Hosting.Documents;
using Platform.Inference.Jobs;

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

    public async Task<Document<JobRecord>?> FindJobAsync(Document<QueuedCallback> taken, CancellationToken cancellationToken) =>
        await documents.GetAsync<JobRecord>(JobStore.Jobs, taken.Value.Job, cancellationToken);

    /// <summary>
    /// Stores how an attempt ended: what is tried again gets its next time, what is not leaves the queue. Where the job has
    /// changed or gone meanwhile nothing is stored, and the callback comes up again.
    /// </summary>
    public async Task EndAsync(Document<QueuedCallback> taken, Document<JobRecord>? job, Callback? ended, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch().Delete(Collection, taken.Id, taken.Revision);
        if (job is not null && ended is not null)
        {
            JobStore.Put(batch, job.Value with { Callback = ended }, job.Revision);
            if (ended.NextAttemptAt is { } next) Add(batch, job.Id, next);
        }

        await documents.CommitAsync(batch, cancellationToken);
    }

    private static string IdOf(string job, DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture) + "-" + job;
}

/// <summary>A callback that is to be sent.</summary>
internal sealed record QueuedCallback(string Job, DateTimeOffset DueAt);
