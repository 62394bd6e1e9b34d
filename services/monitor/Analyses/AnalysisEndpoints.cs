using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Metrics;

namespace Platform.Monitor.Analyses;

internal static class AnalysisEndpoints
{
    public static void MapAnalyses(this IEndpointRouteBuilder routes)
    {
        var limit = routes.ServiceProvider.GetRequiredService<IOptions<AnalysisOptions>>().Value.MaxBodyBytes;
        Map<DriftRequest, DriftAnswer>(routes, "drift", DriftAnalysis.Run, limit)
            .WithName("AnalyseDrift").WithSummary("Compares reference and current samples, feature by feature.")
            .WithRequestExample("""
                {"features":[{"name":"age","kind":"numerical","reference":[31,42,55,28,37],"current":[21,23,22,25,20]}],
                 "tests":["ks","psi"]}
                """);
        Map<PerformanceRequest, PerformanceAnswer>(routes, "performance", PerformanceAnalysis.Run, limit)
            .WithName("AnalysePerformance").WithSummary("Measures predictions or scores against labels, for four kinds of task.")
            .WithRequestExample("""{"task":"binary_classification","labels":[1,0,1,0],"scores":[0.9,0.2,0.6,0.4],"threshold":0.5}""");
        Map<FairnessRequest, FairnessReport>(routes, "fairness", FairnessAnalysis.Run, limit)
            .WithName("AnalyseFairness").WithSummary("Compares the decisions about two groups.")
            .WithRequestExample("""
                {"group":["a","a","b","b"],"decision":[1,1,0,1],"label":[1,0,0,1],"privileged":"a","unprivileged":"b"}
                """);
    }

    private static RouteHandlerBuilder Map<TRequest, TAnswer>(
        IEndpointRouteBuilder routes, string analysis, Func<TRequest, Result<TAnswer>> analyse, long limit)
        where TRequest : class => routes
        .MapPost($"/v1/analyses/{analysis}", (HttpRequest request, AnalysisTurns turns, CancellationToken cancellationToken) =>
            turns.RunAsync(request, analyse, cancellationToken))
        .WithTags("Analyses").WithMetadata(new RequestSizeLimitAttribute(limit))
        .Accepts<TRequest>("application/json").Produces<TAnswer>().Refuses(AnalysisTurns.Busy);
}
