using Platform.Explainer.Explanations;
using Platform.Explainer.Jobs;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;

namespace Platform.Explainer.Routes;

/// <summary>The routes of the explainer.</summary>
internal static class ExplanationEndpoints
{
    public static void MapExplanations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/models/{model}/explanations", CreateAsync)
            .RequirePermission(Permission.Explain).WithName("CreateExplanation").WithTags("Explanations")
            .WithSummary("Explains predictions by Shapley values, for given inputs or for a logged prediction.")
            .WithDescription("""
                A prediction's id stands for all rows of its request, and id:row, with the rows counted from 0, for one of them; the only
                row is id or id:0.
                For each row, base + the sum of its attributions + residual = prediction, for every output. With mode async the answer is
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
        var record = (await store.FindAsync(RequestIds.FromPath(id), cancellationToken))?.Value;
        if (record is null) return Problems.From(ExplanationErrors.NotFound(id));
        if (context.Deny(Permission.Explain, record.Model) is { } denied) return Problems.From(denied);
        return record switch
        {
            { Explanation: { } explanation } => ExplanationAnswer.Write(explanation, query, context),
            { Failure: { } failure } => Problems.From(failure),
            _ => Accepted(new QueuedExplanation(record.Id, record.Model)),
        };
    }

    private static IResult Accepted(QueuedExplanation queued) =>
        TypedResults.Accepted($"/v1/explanations/{Uri.EscapeDataString(queued.Id)}", queued);
}
