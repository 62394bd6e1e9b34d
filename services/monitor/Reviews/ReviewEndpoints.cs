using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Monitor.Feedback;
using Platform.Monitor.Inspection;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Reviews;

internal static class ReviewEndpoints
{
    private const string Queue = $$$"""
        {"items":[{"id":"{{{PredictionExamples.Id}}}","model":"credit","version":"1","reason":"uncertain",
          "detail":"The score of 'bad' is 0.48, near the threshold of 0.5.","at":"2026-11-20T09:30:00Z",
          "prediction":{{{PredictionExamples.Row}}},"labels":["good","bad"],"explanation":"/v1/models/credit/explanations"}],
         "next":null}
        """;

    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/review-queue", ListAsync)
            .RequirePermissionInHandler(Permission.Observe).WithName("ListReviews").WithTags("Records")
            .WithSummary("Predictions that wait for a person to label them, with the reason, those that came first first.")
            .WithDescription("""
                anomalous: a feature is unlike every row of the reference. uncertain: the score is near the threshold, or no class has half of it.
                disagreeing: somebody has disagreed and not said what is right. random: chosen by chance. In pages: pass next as after, until it is null.
                """)
            .Produces<Page<ReviewAnswer>>().WithResponseExample(StatusCodes.Status200OK, Queue)
            .Refuses(Problems.Invalid("limit must be 1 to 1000, not 0."), MonitoringErrors.RegistryAway);
        routes.MapPost("/v1/review-queue/{id}", LabelAsync)
            .RequirePermissionInHandler(Permission.Label).WithName("Review").WithTags("Records").WithActor()
            .WithSummary("Labels a prediction that waits, and takes it off the queue.")
            .WithDescription("""
                The label counts as ground truth, and is kept as feedback that agrees or disagrees with the answer. A model needs to be named only where
                several have used the id.
                """)
            .Accepts<ReviewRequest>("application/json").Produces<FeedbackAnswer>(StatusCodes.Status202Accepted)
            .WithRequestExample("""{"label":"bad","comment":"two unpaid bills"}""")
            .WithResponseExample(StatusCodes.Status202Accepted, $$"""
                {"id":"0639010522000000000-3f0c5a5e0f5b4c0e9d0e8f3f6f1c2a77","predictionId":"{{PredictionExamples.Id}}","at":"2026-11-20T09:30:00Z"}
                """)
            .Refuses(ReviewErrors.NotFound(PredictionExamples.Id), MonitoringErrors.RegistryAway);
    }

    private static async Task<IResult> ListAsync(
        string? model, [AsParameters] PageQuery page, HttpContext context, ReviewHandler reviews, CancellationToken cancellationToken)
    {
        var wanted = string.IsNullOrEmpty(model) ? null : model;
        if (wanted is not null && context.Deny(Permission.Observe, wanted) is { } denied)
            return Problems.From(denied);
        return (await reviews.ListAsync(wanted, known => context.Permits(Permission.Observe, known), page, cancellationToken)).ToHttp();
    }

    private static async Task<IResult> LabelAsync(
        string id, string? model, HttpContext context, ReviewHandler reviews, CancellationToken cancellationToken)
    {
        var (prediction, wanted) = (RequestIds.FromPath(id), string.IsNullOrEmpty(model) ? null : model);
        if (await reviews.FindAsync(prediction, wanted, known => context.Permits(Permission.Label, known), cancellationToken) is not { } item)
            return Problems.From(ReviewErrors.NotFound(prediction));
        if (context.Deny(Permission.Label, item.Model) is { } denied)
            return Problems.From(denied);

        var body = await JsonBody.ReadAsync<ReviewRequest>(context.Request, cancellationToken);
        if (!body.Succeeded(out var request, out var error))
            return Problems.From(error);

        var taken = await reviews.LabelAsync(item, request, context.GetActor(), cancellationToken);
        return taken.ToHttp(answer => TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted));
    }
}
