using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Lookup;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Feedback;

internal static class FeedbackEndpoint
{
    private const string ExampleId = "0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11";

    public static void MapFeedback(this IEndpointRouteBuilder routes) => routes
        .MapPost("/v1/predictions/{id}/feedback", TakeAsync)
        .RequirePermissionInHandler(Permission.Label).WithName("GiveFeedback").WithTags("Records").WithActor()
        .WithSummary("Says of a prediction whether its answer is right, and what would have been.")
        .WithDescription("""
            A label counts as ground truth, and refuses the feedback where the version cannot have it. Feedback is about one row: of a request
            with several rows name id:row, with the rows counted from 0. A request that was not answered takes none. It is kept beside earlier
            feedback, and shown with the prediction.
            """)
        .Accepts<FeedbackRequest>("application/json")
        .Produces<FeedbackAnswer>(StatusCodes.Status202Accepted)
        .WithRequestExample("""
            {"verdict":"disagree","label":"good","attributions":[{"feature":"age","comment":"should not count so much"}],"comment":"a known customer"}
            """)
        .WithResponseExample(StatusCodes.Status202Accepted, $$"""
            {"id":"0639010522000000000-3f0c5a5e0f5b4c0e9d0e8f3f6f1c2a77","predictionId":"{{ExampleId}}","at":"2026-11-20T09:30:00Z"}
            """)
        .Refuses(
            LookupErrors.NotFound(ExampleId), LookupErrors.NoSuchRow(ExampleId, 2), LookupErrors.Dropped(ExampleId),
            LookupErrors.RowNeeded(ExampleId, 2), LookupErrors.NotAnswered(ExampleId, "failed"), LookupErrors.Unreadable(ExampleId),
            LookupErrors.Indexing(ExampleId), MonitoringErrors.RegistryAway);

    private static async Task<IResult> TakeAsync(
        string id, HttpContext context, PredictionFinder predictions, FeedbackTaker taker, CancellationToken cancellationToken)
    {
        var found = await predictions.FindAsync(RequestIds.FromPath(id), model => context.Deny(Permission.Label, model), cancellationToken);
        if (!found.Succeeded(out var prediction, out var error))
            return Problems.From(error);

        var body = await JsonBody.ReadAsync<FeedbackRequest>(context.Request, cancellationToken);
        if (!body.Succeeded(out var request, out error))
            return Problems.From(error);

        var taken = await taker.TakeAsync(prediction, request, context.GetActor(), cancellationToken);
        return taken.ToHttp(answer => TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted));
    }
}
