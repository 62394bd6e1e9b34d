using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Requests;

namespace Platform.Monitor.BusinessOutcomes;

internal static class OutcomeEndpoint
{
    public static void MapOutcomes(this IEndpointRouteBuilder routes) => routes
        .MapPost("/v1/models/{model}/outcomes", TakeAsync)
        .RequirePermission(Permission.Label).WithName("TakeOutcomes").WithTags("Monitoring")
        .WithSummary("Takes what came of earlier predictions for the business, one outcome or a list; repeating it changes nothing.")
        .WithDescription("""
            Promotions compare versions by outcomes.NAME. A row's first outcome of a name counts and stands, so report it when it is known: 0 once nothing
            is to be expected any more. Those that come before their prediction is known are kept for a while. Outcomes count when the window of
            their prediction is closed. A model's outcomes may have 32 names. A single outcome may stand without the list around it.
            """)
        .Accepts<IReadOnlyList<OutcomeItem>>("application/json")
        .Produces<OutcomesAnswer>(StatusCodes.Status202Accepted)
        .WithRequestExample("""[{"predictionId":"0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11","name":"conversion","value":1,"at":"2026-11-20T09:30:00Z"}]""")
        .WithResponseExample(StatusCodes.Status202Accepted, """{"accepted":1,"unknown":0}""")
        .Refuses(MonitoringErrors.UnknownModel("credit"), OutcomeErrors.TooManyNames("credit"));

    private static async Task<IResult> TakeAsync(string model, HttpRequest request, OutcomeTaker taker, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<OutcomesRequest>(request, cancellationToken);
        if (!body.Succeeded(out var outcomes, out var error))
            return Problems.From(error);

        var taken = await taker.TakeAsync(model, outcomes, cancellationToken);
        return taken.ToHttp(answer => TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted));
    }
}
