using Platform.Hosting.Access;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;

namespace Platform.Inference.Jobs;

/// <summary>The job of an id in a path. Which model it calls shows when it is read, and so does whether the caller may know of it.</summary>
internal static class JobAccess
{
    public static async Task<Result<Document<JobRecord>>> FindOwnAsync(
        this JobStore store, string id, HttpContext context, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(RequestIds.FromPath(id), cancellationToken) is not { } job) return JobErrors.Unknown(id);
        return context.Deny(Permission.Infer, job.Value.Model) is { } denied ? denied : job;
    }
}
