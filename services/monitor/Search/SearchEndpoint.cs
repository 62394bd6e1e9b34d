using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;
using Platform.Monitor.Monitoring;

namespace Platform.Monitor.Search;

internal static class SearchEndpoint
{
    private const string Example = """
        {"items":[{"id":"0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11","model":"credit","version":"1","route":"champion","status":"succeeded",
          "time":"2026-11-20T09:30:00Z","latencyMs":1.2,"matching":1,
          "rows":[{"predictionId":"0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11","features":{"age":44,"purpose":"car","savings":null},
            "class":"bad","score":0.83,"value":null,"label":null,"verdict":"disagree"}]}],
         "next":"86251072"}
        """;

    public static void MapSearch(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/predictions", SearchAsync)
        .RequirePermissionInHandler(Permission.Observe).WithName("SearchPredictions").WithTags("Records")
        .WithSummary("Searches the last predictions by model, version, time and what was asked and answered, the newest first.")
        .WithDescription("""
            A filter compares features by name, and class, score, value, label, verdict, route, status, latencyMs and rows, with = != < <= > >=, in (…),
            is null and is not null; comparisons are put together by and, or, not and brackets. Texts stand in single quotes, names that are no plain words
            in double quotes. A page ends early, with fewer predictions than its limit or none, once it has looked at so many records or rows:
            pass next as after, until it is null. A filter sees the first 20,000 rows of a request.
            """)
        .Produces<Page<SearchItem>>().WithResponseExample(StatusCodes.Status200OK, Example)
        .Refuses(
            SearchErrors.FilterInvalid("'height' is no column of credit/1: there are class, score, age."), MonitoringErrors.UnknownModel("credit"),
            MonitoringErrors.UnknownVersion("credit", "9"), MonitoringErrors.NothingServes("credit"), SearchErrors.Indexing,
            MonitoringErrors.RegistryAway, Problems.Invalid("where: At character 5: '>' is expected."));

    private static async Task<IResult> SearchAsync(
        [AsParameters] SearchQuery query, HttpContext context, PredictionSearch search, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(query.Model) && context.Deny(Permission.Observe, query.Model) is { } denied)
            return Problems.From(denied);
        return (await search.SearchAsync(query, model => context.Permits(Permission.Observe, model), cancellationToken)).ToHttp();
    }
}
