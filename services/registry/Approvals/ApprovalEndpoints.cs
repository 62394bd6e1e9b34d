using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.Approvals;

internal static class ApprovalEndpoints
{
    private const string ApprovalExample = """{"by":"ben","at":"2026-01-15T09:30:00Z","reason":"looked at the misses"}""";

    public static IServiceCollection AddApprovals(this IServiceCollection services) => services.AddSingleton<ApproveVersion>();

    public static void MapApprovals(this IEndpointRouteBuilder routes)
    {
        var approvals = routes.MapGroup("/models/{model}/versions/{version}/approvals");
        approvals.MapPost("", ApproveAsync)
            .RequirePermission(Permission.Promote).WithName("ApproveVersion").WithActor().WithSummary("Approves a version, as a gate policy may ask for.")
            .WithDescription("Who uploaded the version cannot approve it; a second approval by the same caller takes the place of the first. The body may be left out.")
            .Produces<Approval>().Refuses(ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7"), ApprovalErrors.Own("7", "ann"))
            .WithRequestExample("""{"reason":"looked at the misses"}""").WithResponseExample(StatusCodes.Status200OK, ApprovalExample);

        approvals.MapGet("", ListAsync)
            .RequirePermission(Permission.Observe).WithName("ListApprovals").WithSummary("Who has approved the version, the earliest first.")
            .WithDescription("On one page: everybody counts once.")
            .Produces<Page<Approval>>().Refuses(ModelErrors.NotFound("credit"), VersionErrors.NotFound("credit", "7"))
            .WithResponseExample(StatusCodes.Status200OK, $$"""{"items":[{{ApprovalExample}}],"next":null}""");
    }

    private static async Task<IResult> ApproveAsync(string model, string version, ApproveRequest? request, ApproveVersion approve,
        HttpContext context, CancellationToken cancellationToken) =>
        (await approve.HandleAsync(model, version, request ?? new ApproveRequest(), context.GetActor(), cancellationToken)).ToHttp();

    private static async Task<IResult> ListAsync(string model, string version, VersionStore versions, CancellationToken cancellationToken) =>
        (await versions.FindAsync(model, version, cancellationToken)).ToHttp(found => TypedResults.Ok(new Page<Approval>(found.Approvals, null)));
}
