using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Fairness;

namespace Platform.Monitor.Analyses;

internal static class AnalysisEndpoints
{
    public static void MapAnalyses(this IEndpointRouteBuilder routes)
    {
        var limit = routes.ServiceProvider.GetRequiredService<IOptions<AnalysisOptions>>().Value.MaxBodyBytes;
        Map<DriftRequest, DriftAnswer>(routes, "drift", DriftAnalysis.Run, limit)
            .RequirePermissionInHandler(Permission.Observe).WithName("AnalyseDrift").WithSummary("Compares reference and current samples, feature by feature.")
            .WithDescription("Without tests, each feature is compared by one that suits its kind and size; the answer names it and the rule. Nothing is remembered.")
            .WithRequestExample(AnalysisExamples.DriftRequest).WithResponseExample(StatusCodes.Status200OK, AnalysisExamples.DriftAnswer);
        Map<PerformanceRequest, PerformanceAnswer>(routes, "performance", PerformanceAnalysis.Run, limit)
            .RequirePermissionInHandler(Permission.Observe).WithName("AnalysePerformance").WithSummary("Measures predictions or scores against labels, for four kinds of task.")
            .WithDescription("The measures depend on the task. Rows in which a value is missing are left out and counted. Nothing is remembered.")
            .WithRequestExample(AnalysisExamples.PerformanceRequest)
            .WithResponseExample(StatusCodes.Status200OK, AnalysisExamples.PerformanceAnswer);
        Map<FairnessRequest, FairnessReport>(routes, "fairness", FairnessAnalysis.Run, limit)
            .RequirePermissionInHandler(Permission.Observe).WithName("AnalyseFairness").WithSummary("Compares the decisions about two groups.")
            .WithDescription("Of one group measured against another: rates of favourable decisions and, with labels, of right ones. Nothing is remembered.")
            .WithRequestExample(AnalysisExamples.FairnessRequest).WithResponseExample(StatusCodes.Status200OK, AnalysisExamples.FairnessAnswer);
        Map<OutlierRequest, OutlierAnswer>(routes, "outliers", OutlierAnalysis.Run, limit)
            .RequirePermissionInHandler(Permission.Observe).WithName("AnalyseOutliers").WithSummary("Finds the rows that are unlike others.")
            .WithDescription("""
                By an isolation forest, a one-class support vector machine or Mahalanobis' distance with shrunk correlations, learned from the
                training rows. The same request has the same answer. Nothing is remembered.
                """)
            .WithRequestExample(AnalysisExamples.OutlierRequest).WithResponseExample(StatusCodes.Status200OK, AnalysisExamples.OutlierAnswer);
    }

    private static RouteHandlerBuilder Map<TRequest, TAnswer>(
        IEndpointRouteBuilder routes, string analysis, Func<TRequest, Result<TAnswer>> analyse, long limit)
        where TRequest : class => routes
        .MapPost($"/v1/analyses/{analysis}", (HttpRequest request, AnalysisTurns turns, CancellationToken cancellationToken) =>
            turns.RunAsync(request, analyse, cancellationToken))
        .WithTags("Analyses").WithMetadata(new RequestSizeLimitAttribute(limit))
        .Accepts<TRequest>("application/json").Produces<TAnswer>().Refuses(AnalysisTurns.Busy);
}
