using System.Globalization;
using Platform.Hosting.Documents;

namespace Platform.Inference.Jobs;

/// <summary>Which ended jobs go next: documents whose ids sort by the moment, so that what is due stands first.</summary>
internal sealed class JobExpiries([FromKeyedServices(InferenceService.Name)] IDocumentStore documents, JobStore jobs, TimeProvider time)
{
    public const string Collection = "job-expiries";
    private const int PageSize = 100;

    public static void Add(DocumentBatch batch, JobRecord job, DateTimeOffset at) =>
        batch.Put(Collection, IdOf(at) + job.Id, new JobExpiry(job.Id, job.Key, at), expectedRevision: null);

    /// <summary>Removes the jobs that are no longer kept, and says how many.</summary>
    public async Task<int> RemoveDueAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        while (true)
        {
            var page = await documents.QueryAsync<JobExpiry>(new DocumentQuery(Collection) { Limit = PageSize }, cancellationToken);
            var now = time.GetUtcNow();
            var due = page.Items.Where(expiry => expiry.Value.At <= now).ToList();
            if (due.Count > 0) await jobs.RemoveAsync(due, cancellationToken);
            removed += due.Count;
            if (due.Count < PageSize) return removed;
        }
    }

    private static string IdOf(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture) + "-";
}

/// <summary>When a job goes.</summary>
internal sealed record JobExpiry(string Job, string? Key, DateTimeOffset At);
