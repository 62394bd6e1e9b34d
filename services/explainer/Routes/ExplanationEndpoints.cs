using Platform.Explainer.Explanations;
using Platform.Explainer.Jobs;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.Work;

namespace Platform.Explainer.Routes;

/// <summary>The routes of the explainer.</summary>
internal static class ExplanationEndpoints
{
    public static void MapExplanations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/models/{model}/explanations", CreateAsync)
            .RequirePermission(Permission.Explain).WithName("CreateExplanation").WithTags("Explanations")
            .WithSummary("Explains predictions, by what each feature adds or by what would change the decision, for given inputs or for a logged prediction.")
            .WithDescription("""
                A prediction's id stands for all rows of its request, and id:row, with the rows counted from 0, for one of them; the only
                row is id or id:0.
                For each row, base + the sum of its attributions + residual = prediction, for every output. Methods
                counterfactual and anchors explain what is decided instead: the nearest rows that are decided as wanted, and a rule under which it is nearly
                always decided so. With mode async the answer is
                202 at once, and Location says where the explanation will be.
                By Accept the answer is JSON, a picture (image/svg+xml) or a page that needs no network and no script (text/html).
                """)
            .Produces<Explanation>()
            .Produces<QueuedExplanation>(StatusCodes.Status202Accepted)
            .DescribeCreation();
        routes.MapGet("/v1/explanations/{id}", GetAsync)
            .RequirePermissionInHandler(Permission.Explain).WithName("GetExplanation").WithTags("Explanations")
            .WithSummary("Reads an explanation: what the request would have been answered, or 202 while it is not finished.")
            .WithDescription("By Accept the answer is JSON, a picture (image/svg+xml) or a page that needs no network and no script (text/html).")
            .Produces<Explanation>()
            .Produces<QueuedExplanation>(StatusCodes.Status202Accepted)
            .DescribeReading();
        routes.MapDelete("/v1/explanations/{id}", CancelAsync)
            .RequirePermissionInHandler(Permission.Explain).WithName("CancelExplanation").WithTags("Explanations")
            .WithSummary("Cancels an explanation that was asked for with mode async and has not ended.")
            .Produces<CancelledExplanation>()
            .DescribeCancelling();
    }

    private static async Task<IResult> CreateAsync(
        string model, ExplanationRequest request, [AsParameters] PictureQuery query, HttpContext context, ExplanationHandler handler,
        CancellationToken cancellationToken)
    {
        if (query.Check() is { } error) return Problems.From(error);
        if (request.Mode != ExplanationRules.Async)
            return (await handler.ExplainAsync(model, request, cancellationToken)).ToHttp(explanation => ExplanationAnswer.Write(explanation, query, context));
        var queued = await handler.QueueAsync(model, request, cancellationToken);
        return queued.ToHttp(Accepted);
    }

    private static async Task<IResult> GetAsync(
        string id, [AsParameters] PictureQuery query, HttpContext context, ExplanationStore store, CancellationToken cancellationToken)
    {
        if (query.Check() is { } error) return Problems.From(error);
        if (!(await FindOwnAsync(id, context, store, cancellationToken)).Succeeded(out var record, out var refusal)) return Problems.From(refusal);
        return record switch
        {
            { Explanation: { } explanation } => ExplanationAnswer.Write(explanation, query, context),
            { Failure: { } failure } => Problems.From(failure),
            _ => Accepted(new QueuedExplanation(record.Id, record.Model, record.State)),
        };
    }

    private static async Task<IResult> CancelAsync(
        string id, HttpContext context, ExplanationStore store, WorkCancellation<ExplanationRecord> cancellation, CancellationToken cancellationToken)
    {
        if (!(await FindOwnAsync(id, context, store, cancellationToken)).Succeeded(out var record, out var refusal)) return Problems.From(refusal);
        if (await cancellation.CancelAsync(record.Id, cancellationToken) is not var (_, now)) return Problems.From(ExplanationErrors.NotFound(id));
        return now.State == WorkState.Cancelled
            ? TypedResults.Ok(new CancelledExplanation(now.Id, now.Model, now.State, now.FinishedAt!.Value))
            : Problems.From(ExplanationErrors.Finished(now.State));
    }

    /// <summary>Which model it explains shows when it is read, and so does whether the caller may know of it.</summary>
    private static async Task<Result<ExplanationRecord>> FindOwnAsync(
        string id, HttpContext context, ExplanationStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(RequestIds.FromPath(id), cancellationToken) is not { Value: var record }) return ExplanationErrors.NotFound(id);
        return context.Deny(Permission.Explain, record.Model) is { } denied ? denied : record;
    }

    private static IResult Accepted(QueuedExplanation queued) =>
        TypedResults.Accepted($"/v1/explanations/{Uri.EscapeDataString(queued.Id)}", queued);
}
