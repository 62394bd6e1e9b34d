using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Sessions;
using Platform.Registry.Versions;

namespace Platform.Registry.Promotions;

/// <summary>What the gates measured when a version was to be promoted, or would measure if it were.</summary>
internal static class MeasurementEndpoints
{
    public static void MapMeasurements(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models/{model}/versions/{version}/gates", ListMeasurementsAsync)
            .RequirePermission(Permission.Observe).WithName("ListVersionGates").WithSummary("What the gates measured each time the version was to be promoted; the latest first.")
            .Produces<Page<Promotion>>().Refuses(ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7"))
            .WithResponseExample(StatusCodes.Status200OK, $$"""{"items":[{{PromotionEndpoints.PromotionExample}}],"next":null}""");

        routes.MapPost("/models/{model}/versions/{version}/gates", MeasureAsync)
            .RequirePermission(Permission.Promote).WithName("MeasureVersionGates").WithActor().WithSummary("Measures the gates as a promotion would, and changes nothing.")
            .WithDescription("The version is held against the one that the alias names now. What is measured stands in the history. The body may be left out.")
            .Produces<Promotion>()
            .Refuses(ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7"), SessionsBusyException.Refusal, VettingErrors.Unavailable)
            .WithRequestExample("""{"alias":"champion"}""")
            .WithResponseExample(StatusCodes.Status200OK, PromotionEndpoints.PromotionExample.Replace("completed", "measured", StringComparison.Ordinal));
    }

    private static async Task<IResult> MeasureAsync(string model, string version, MeasureGatesRequest? request, Promote promote,
        HttpContext context, CancellationToken cancellationToken) =>
        (await promote.HandleAsync(model, new PromoteRequest(version, request?.Alias, DryRun: true), context.GetActor(), cancellationToken)).ToHttp();

    private static async Task<IResult> ListMeasurementsAsync(string model, string version, [AsParameters] PageQuery page,
        VersionStore versions, HistoryStore history, CancellationToken cancellationToken)
    {
        var found = await versions.FindAsync(model, version, cancellationToken);
        if (!found.Succeeded(out var known, out var error)) return Problems.From(error);
        var entries = await history.ListMeasuredAsync(
            model, known.Description.Version, page.GetSize(), page.GetAfterNumber(), cancellationToken);
        return TypedResults.Ok(new Page<Promotion>([.. entries.Items.Select(Promotion.Of)], entries.Next));
    }
}
