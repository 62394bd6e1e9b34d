using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Audit;

internal static class HistoryEndpoints
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services.AddSingleton<HistoryStore>();

    public static void MapHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/models/{model}/history", ListAsync)
            .RequirePermission(Permission.Observe).WithName("GetModelHistory").WithSummary("Who did what to the model, when and why; the latest first.")
            .WithDescription("Promotions that a gate refused are in it, too. In pages: pass next as after, until it is null.")
            .Produces<Page<HistoryEntry>>().Refuses(ModelErrors.NotFound("credit"))
            .WithResponseExample(StatusCodes.Status200OK, """
                {"items":[{"sequence":4,"model":"credit","action":"rolled_back","id":"0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10","version":"1",
                 "alias":"champion","previousVersion":"2","gates":null,"at":"2026-01-15T09:30:00Z","by":"ann","reason":"drift"}],"next":"4"}
                """);

    private static async Task<IResult> ListAsync(string model, [AsParameters] PageQuery page, ModelStore models, HistoryStore history,
        CancellationToken cancellationToken)
    {
        var found = await models.FindAsync(model, cancellationToken);
        if (found.Error is { } error) return Problems.From(error);
        return TypedResults.Ok(await history.ListAsync(model, page.GetSize(), page.GetAfterNumber(), cancellationToken));
    }
}
