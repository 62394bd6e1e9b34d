using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Platform.Hosting;
using Platform.Hosting.Access;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.Paging;
using Platform.Hosting.Work;
using Platform.Inference.Jobs;
using Platform.Inference.Predictions;

namespace Platform.Inference.Scoring;

/// <summary>The routes of files that are scored.</summary>
internal static class ScoringEndpoints
{
    public const string Parquet = "application/vnd.apache.parquet";
    public const string Csv = "text/csv";

    public static void MapScoring(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/models/{model}/scoring-jobs", SubmitAsync)
            .RequirePermission(Permission.Infer).WithName("SubmitScoringJob").WithTags("Scoring").WithSummary("Has a file of rows scored.")
            .Produces<ScoringView>(StatusCodes.Status202Accepted).WithMetadata(BodyReader.HasOwnLimit).DescribeSubmission();
        routes.MapGet("/v1/scoring-jobs/{id}", GetAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("GetScoringJob").WithTags("Scoring").WithSummary("Reads how far a file has been scored.")
            .Produces<ScoringView>().DescribeReading();
        routes.MapDelete("/v1/scoring-jobs/{id}", CancelAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("CancelScoringJob").WithTags("Scoring").WithSummary("Cancels a job that has not ended.")
            .Produces<ScoringView>().DescribeCancelling();
        routes.MapGet("/v1/scoring-jobs/{id}/events", WatchAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("WatchScoringJob").WithTags("Scoring").WithSummary("Follows a job to its end, as server-sent events.")
            .DescribeWatching();
        routes.MapGet("/v1/scoring-jobs/{id}/result", ResultAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("GetScoringResult").WithTags("Scoring").WithSummary("The rows with their answers, as a file.")
            .DescribeResult();
        routes.MapGet("/v1/scoring-jobs/{id}/errors", ErrorsAsync)
            .RequirePermissionInHandler(Permission.Infer).WithName("ListScoringErrors").WithTags("Scoring").WithSummary("What is wrong with the rows that have no answer.")
            .Produces<Page<ScoringProblem>>().DescribeErrors();
    }

    /// <param name="context">The request.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="version">A version's number or an alias; the champion when absent.</param>
    /// <param name="intake">Accepts the file.</param>
    private static async Task<IResult> SubmitAsync(HttpContext context, string model, string? version, ScoringIntake intake) =>
        (await intake.AcceptAsync(context, model, version)).ToHttp(job => TypedResults.Accepted($"/v1/scoring-jobs/{job.Id}", ScoringView.Of(job)));

    private static async Task<IResult> GetAsync(string id, HttpContext context, ScoringStore store, CancellationToken cancellationToken) =>
        (await FindOwnAsync(store, id, context, cancellationToken)).ToHttp(job => TypedResults.Ok(ScoringView.Of(job.Value)));

    private static async Task<IResult> CancelAsync(
        string id, HttpContext context, ScoringStore store, WorkCancellation<ScoringRecord> cancellation, CancellationToken cancellationToken)
    {
        var found = await FindOwnAsync(store, id, context, cancellationToken);
        if (!found.Succeeded(out var job, out var error)) return Problems.From(error);
        if (await cancellation.CancelAsync(job.Id, cancellationToken) is not var (_, now)) return Problems.From(JobErrors.Unknown(id));
        return now.State == WorkState.Cancelled ? TypedResults.Ok(ScoringView.Of(now)) : Problems.From(JobErrors.Finished(now.State));
    }

    private static async Task<IResult> WatchAsync(string id, HttpContext context, ScoringStore store, TimeProvider time) =>
        (await FindOwnAsync(store, id, context, context.RequestAborted)).Succeeded(out var job, out var error)
            ? await WorkEventStream.WriteAsync(context, job, store, known => JsonSerializer.Serialize(ScoringView.Of(known), PlatformJson.Tolerant), time)
            : Problems.From(error);

    private static async Task<IResult> ResultAsync(string id, HttpContext context, ScoringStore store, CancellationToken cancellationToken)
    {
        var found = await FindOwnAsync(store, id, context, cancellationToken);
        if (!found.Succeeded(out var job, out var error)) return Problems.From(error);
        if (job.Value.State != WorkState.Succeeded) return Problems.From(ScoringErrors.NoResult(job.Value.State));
        context.Response.Headers.Vary = HeaderNames.Accept;
        var file = new ResultFile(store, job.Value);
        return ResultFormat.IsText(context.Request.GetTypedHeaders().Accept)
            ? TypedResults.Stream(target => file.WriteTextAsync(target, cancellationToken), Csv, $"{job.Id}.csv")
            : TypedResults.Stream(target => file.WriteTableAsync(target, cancellationToken), Parquet, $"{job.Id}.parquet");
    }

    private static async Task<IResult> ErrorsAsync(
        string id, [AsParameters] PageQuery page, HttpContext context, ScoringStore store, CancellationToken cancellationToken)
    {
        var found = await FindOwnAsync(store, id, context, cancellationToken);
        if (!found.Succeeded(out var job, out var error)) return Problems.From(error);
        return TypedResults.Ok(await store.ReadProblemsAsync(job.Id, page.GetSize(), ProblemPlace.Read(page.After), cancellationToken));
    }

    /// <summary>Which model a job calls shows when it is read, and so does whether the caller may know of it.</summary>
    private static async Task<Result<Document<ScoringRecord>>> FindOwnAsync(
        ScoringStore store, string id, HttpContext context, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(RequestIds.FromPath(id), cancellationToken) is not { } job) return JobErrors.Unknown(id);
        return context.Deny(Permission.Infer, job.Value.Model) is { } denied ? denied : job;
    }
}
