using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Labels;

internal static class GroundTruthEndpoint
{
    public static void MapGroundTruth(this IEndpointRouteBuilder routes) => routes
        .MapPost("/v1/models/{model}/ground-truth", TakeAsync)
        .RequirePermission(Permission.Label).WithName("TakeGroundTruth").WithTags("Monitoring")
        .WithSummary("Takes labels of earlier predictions, one or a list; repeating it changes nothing.")
        .WithDescription("""
            A single label may stand without the list around it. Of several labels for one prediction the latest wins; those that come before
            their prediction is known are kept for a while.
            A prediction's id names the only row of its request; of a request with several rows each row has an id of its own, id:row,
            with the rows counted from 0. The only row may be named id:0, too. A label may be a class by name, in any notation of a
            number (1, 1.0, "1"), or by its place where no class is a number; of two classes true and false as well.
            """)
        .Accepts<IReadOnlyList<GroundTruthItem>>("application/json")
        .Produces<GroundTruthAnswer>(StatusCodes.Status202Accepted)
        .WithRequestExample("""[{"predictionId":"0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11","label":"bad","at":"2026-11-20T09:30:00Z"}]""")
        .WithResponseExample(StatusCodes.Status202Accepted, """{"accepted":1,"unknown":0}""")
        .Refuses(MonitoringErrors.UnknownModel("credit"), MonitoringErrors.RegistryAway);

    private static async Task<IResult> TakeAsync(string model, HttpRequest request, LabelTaker taker, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<GroundTruthRequest>(request, cancellationToken);
        if (!body.Succeeded(out var labels, out var error))
            return Problems.From(error);

        var taken = await taker.TakeAsync(model, labels, LabelOrigin.GroundTruth, cancellationToken);
        return taken.ToHttp(answer => TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted));
    }
}
