using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Lookup;
using Platform.Monitor.Monitoring;

namespace Platform.Monitor.Inspection;

internal static class PredictionEndpoint
{
    public static void MapPredictions(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/predictions/{id}", FindAsync)
        .RequirePermissionInHandler(Permission.Observe).WithName("GetPrediction").WithTags("Records")
        .WithSummary("Everything that is known under one prediction id: request, answer, version, time, label and feedback.")
        .WithDescription("""
            The id of a request names all its rows, of which the first 100 are shown, id:row one of them, with the rows counted from 0; id:0 is the
            only row of a request as well. A slash in an id is written as %2F.
            A prediction is known for as long as it is among the last ones and the prediction log keeps its record. Features that the version
            hides stay hidden.
            """)
        .Produces<PredictionAnswer>().WithResponseExample(StatusCodes.Status200OK, PredictionExamples.Answer)
        .Refuses(
            LookupErrors.NotFound(PredictionExamples.Id), LookupErrors.NoSuchRow(PredictionExamples.Id, 2), LookupErrors.Dropped(PredictionExamples.Id),
            LookupErrors.Unreadable(PredictionExamples.Id), LookupErrors.Indexing(PredictionExamples.Id), MonitoringErrors.RegistryAway);

    private static async Task<IResult> FindAsync(
        string id, HttpContext context, PredictionFinder predictions, PredictionReader reader, CancellationToken cancellationToken)
    {
        var found = await predictions.FindAsync(RequestIds.FromPath(id), model => context.Deny(Permission.Observe, model), cancellationToken);
        return found.Succeeded(out var prediction, out var error)
            ? (await reader.ReadAsync(prediction, cancellationToken)).ToHttp()
            : Problems.From(error);
    }
}
