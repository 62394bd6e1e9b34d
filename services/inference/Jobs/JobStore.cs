using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Inference.Callbacks;

namespace Platform.Inference.Jobs;

/// <summary>
/// The jobs as documents. Every change of a job names the revision it starts from, and its end is one commit with its event,
/// the removal of its body, the date of its own removal, and its callback.
/// </summary>
internal sealed class JobStore([FromKeyedServices(InferenceService.Name)] IDocumentStore documents, IOptions<JobOptions> options)
{
    public const string Jobs = "jobs";
    private const string Bodies = "job-bodies";
    private const string Keys = "job-keys";
    private const string StateField = "state";
    private const int PageSize = 1000;

    public ValueTask<Document<JobRecord>?> FindAsync(string id, CancellationToken cancellationToken) =>
        documents.GetAsync<JobRecord>(Jobs, id, cancellationToken);

    public async ValueTask<JobKey?> FindKeyAsync(string key, CancellationToken cancellationToken) =>
        (await documents.GetAsync<JobKey>(Keys, key, cancellationToken))?.Value;

    /// <summary>The body; null when the job has ended.</summary>
    public async ValueTask<byte[]?> ReadBodyAsync(string id, CancellationToken cancellationToken) =>
        (await documents.GetAsync<JobBody>(Bodies, id, cancellationToken))?.Value.Json;

    /// <summary>Stores a new job with its body and its key. False when the job or the key is there already.</summary>
    public async Task<bool> TryAddAsync(JobRecord job, byte[] body, JobKey? key, CancellationToken cancellationToken)
    {
        var batch = Put(new DocumentBatch(), job, expectedRevision: 0).Put(Bodies, job.Id, new JobBody(body), expectedRevision: 0);
        if (key is not null) batch.Put(Keys, job.Key!, key, expectedRevision: 0);
        return await documents.CommitAsync(batch, cancellationToken) is null;
    }

    /// <summary>Takes a job that has not ended further. False when another was faster; nothing has changed then.</summary>
    public async Task<bool> TryPutAsync(JobRecord job, long expectedRevision, CancellationToken cancellationToken) =>
        await documents.CommitAsync(Put(new DocumentBatch(), job, expectedRevision), cancellationToken) is null;

    /// <summary>Ends a job. False when another was faster; nothing has changed then.</summary>
    public async Task<bool> TryFinishAsync(JobRecord job, long expectedRevision, CancellationToken cancellationToken)
    {
        var batch = Put(new DocumentBatch(), job, expectedRevision).Delete(Bodies, job.Id);
        JobExpiries.Add(batch, job, job.FinishedAt!.Value + options.Value.Retention);
        JobEvents.Add(batch, job, options.Value.MaxEventResultBytes);
        if (job.Callback is not null) CallbackQueue.Add(batch, job.Id, job.FinishedAt.Value);
        return await documents.CommitAsync(batch, cancellationToken) is null;
    }

    /// <summary>Removes ended jobs and what belongs to them.</summary>
    public async Task RemoveAsync(IReadOnlyList<Document<JobExpiry>> expired, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch();
        foreach (var expiry in expired)
        {
            batch.Delete(Jobs, expiry.Value.Job).Delete(JobExpiries.Collection, expiry.Id);
            if (expiry.Value.Key is { } key) batch.Delete(Keys, key);
        }

        await documents.CommitAsync(batch, cancellationToken);
    }

    /// <summary>Every job in a state, in the order of ids.</summary>
    public async IAsyncEnumerable<Document<JobRecord>> ReadAsync(
        string state, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(Jobs) { Where = new Dictionary<string, string> { [StateField] = state }, Limit = PageSize };
        do
        {
            var page = await documents.QueryAsync<JobRecord>(query, cancellationToken);
            foreach (var job in page.Items) yield return job;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    public static DocumentBatch Put(DocumentBatch batch, JobRecord job, long expectedRevision) =>
        batch.Put(Jobs, job.Id, job, expectedRevision, new Dictionary<string, string> { [StateField] = job.State });
}

/// <summary>A body, byte for byte as it came.</summary>
internal sealed record JobBody(byte[] Json);

/// <summary>What an idempotency key was used for.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Digest">SHA-256 of the body.</param>
internal sealed record JobKey(string Job, string Digest);
