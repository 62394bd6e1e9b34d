using Microsoft.AspNetCore.Mvc;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Inference.Predictions;

namespace Platform.Inference.Jobs;

/// <summary>The routes of jobs.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/models/{model}/jobs", SubmitAsync)
            .RequirePermission(Permission.Infer).WithName("SubmitJob").WithTags("Jobs").WithSummary("Asks for a prediction in the background.")
            .Produces<JobReceipt>(StatusCodes.Status202Accepted).WithMetadata(BodyReader.HasOwnLimit).DescribeSubmission();
        routes.MapGet("/v1/jobs/{id}", GetAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("GetJob").WithTags("Jobs").WithSummary("Reads a job: its state and, once it has ended, its result or error.")
            .Produces<JobView>().DescribeReading();
        routes.MapDelete("/v1/jobs/{id}", CancelAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("CancelJob").WithTags("Jobs").WithSummary("Cancels a job that has not ended.")
            .Produces<JobView>().DescribeCancelling();
        routes.MapGet("/v1/jobs/{id}/events", JobEventStream.WriteAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("WatchJob").WithTags("Jobs").WithSummary("Follows a job to its end, as server-sent events.")
            .DescribeWatching();
    }

    /// <param name="context">The request.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="version">A version's number or an alias; the champion when absent.</param>
    /// <param name="callback">Where to POST the finished job.</param>
    /// <param name="key">A repeated submission with the same key is the same job; the key with another request is refused.</param>
    /// <param name="predictionId">The id of the prediction; the job's id when absent.</param>
    /// <param name="bodies">Reads the body.</param>
    /// <param name="intake">Accepts the job.</param>
    private static async Task<IResult> SubmitAsync(
        HttpContext context, string model, string? version, string? callback,
        [FromHeader(Name = "Idempotency-Key")] string? key, [FromHeader(Name = PredictionHeaders.PredictionId)] string? predictionId,
        JobBodyReader bodies, JobIntake intake)
    {
        var read = await bodies.ReadAsync(context);
        if (!read.Succeeded(out var body, out var error)) return Problems.From(error);
        var submission = new JobSubmission(model, version, key, callback, predictionId, context.GetRequestId(),
            PredictionHeaders.RouteKeyOf(context.Request.Headers), PredictionHeaders.RoleOf(context.Request.Headers));
        var accepted = await intake.AcceptAsync(submission, body, context.RequestAborted);
        return accepted.ToHttp(job => TypedResults.Accepted($"/v1/jobs/{job.Id}", new JobReceipt(job.Id, job.State)));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, JobStore store, CancellationToken cancellationToken) =>
        (await store.FindOwnAsync(id, context, cancellationToken)).ToHttp(job => TypedResults.Ok(JobView.Of(job.Value)));

    private static async Task<IResult> CancelAsync(
        string id, HttpContext context, JobStore store, JobCancellation cancellation, CancellationToken cancellationToken)
    {
        var found = await store.FindOwnAsync(id, context, cancellationToken);
        if (!found.Succeeded(out var job, out var error)) return Problems.From(error);
        return (await cancellation.CancelAsync(job.Id, cancellationToken)).ToHttp(cancelled => TypedResults.Ok(JobView.Of(cancelled)));
    }
}
