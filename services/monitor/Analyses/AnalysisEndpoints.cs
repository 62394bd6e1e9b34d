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
            .WithRequestExample(AnalysisExamples.DriftRequest).WithResponseExample(StatusCodes.Status200OK, AnalysisExamples.DriftAnswer);
        Map<PerformanceRequest, PerformanceAnswer>(routes, "performance", PerformanceAnalysis.Run, limit)
            .WithName("AnalysePerformance").WithSummary("Measures predictions or scores against labels, for four kinds of task.")
            .WithRequestExample(AnalysisExamples.PerformanceRequest)
            .WithResponseExample(StatusCodes.Status200OK, AnalysisExamples.PerformanceAnswer);
        Map<FairnessRequest, FairnessReport>(routes, "fairness", FairnessAnalysis.Run, limit)
            .WithName("AnalyseFairness").WithSummary("Compares the decisions about two groups.")
            .WithRequestExample(AnalysisExamples.FairnessRequest).WithResponseExample(StatusCodes.Status200OK, AnalysisExamples.FairnessAnswer);
    }

    private static RouteHandlerBuilder Map<TRequest, TAnswer>(
        IEndpointRouteBuilder routes, string analysis, Func<TRequest, Result<TAnswer>> analyse, long limit)
        where TRequest : class => routes
        .MapPost($"/v1/analyses/{analysis}", (HttpRequest request, AnalysisTurns turns, CancellationToken cancellationToken) =>
            turns.RunAsync(request, analyse, cancellationToken))
        .WithTags("Analyses").WithMetadata(new RequestSizeLimitAttribute(limit))
        .Accepts<TRequest>("application/json").Produces<TAnswer>().Refuses(AnalysisTurns.Busy);
}
