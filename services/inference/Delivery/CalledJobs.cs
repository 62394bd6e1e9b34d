using Platform.Hosting.Documents;
using Platform.Inference.Callbacks;
using Platform.Inference.Jobs;

namespace Platform.Inference.Delivery;

/// <summary>The jobs whose callers are called back.</summary>
internal sealed class CalledJobs([FromKeyedServices(InferenceService.Name)] IDocumentStore documents, JobStore jobs)
{
    public async Task<Document<JobRecord>?> FindAsync(Document<QueuedCallback> taken, CancellationToken cancellationToken) =>
        await jobs.FindAsync(taken.Value.Job, cancellationToken);

    /// <summary>
    /// Stores how an attempt ended: what is tried again gets its next time, what is not leaves the queue. Where the job has
    /// changed or gone meanwhile nothing is stored, and the callback comes up again.
    /// </summary>
    public async Task EndAsync(Document<QueuedCallback> taken, Document<JobRecord>? job, Callback? ended, CancellationToken cancellationToken)
    {
        var batch = CallbackQueue.Remove(new DocumentBatch(), taken);
        if (job is not null && ended is not null)
        {
            jobs.Put(batch, job.Value with { Callback = ended }, job.Revision);
            if (ended.NextAttemptAt is { } next) CallbackQueue.Add(batch, job.Id, next);
        }

        await documents.CommitAsync(batch, cancellationToken);
    }
}
