using Platform.Explainer.Computing;
using Platform.Explainer.Dependence;
using Platform.Explainer.Explanations;
using Platform.Explainer.Global;
using Platform.Explainer.Models;
using Platform.Explainer.Predictions;
using Platform.Explainer.References;
using Platform.Explainer.Showing;
using Platform.Explainer.Versions;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Routes;

/// <summary>How a version's answer follows features.</summary>
internal static class DependenceEndpoint
{
    private const string Example = """
        {"model":"credit","version":"1","kind":"pdp","predictionId":null,"output":"probabilities","outputNames":["bad"],
         "curves":[{"feature":"duration","ordered":true,"points":[6,24,48],"values":[[0.2],[0.3],[0.5]],"standardErrors":[[0.01],[0.02],[0.02]],
           "low":[[0.05],[0.1],[0.2]],"high":[[0.5],[0.6],[0.8]],"lines":[{"at":24,"values":[[0.1],[0.2],[0.4]]}]},
          {"feature":"purpose","ordered":false,"points":["car","house"],"values":null,"standardErrors":null,"low":null,"high":null,"lines":null}],
         "rows":200,"seed":1,"evaluations":601,
         "sentences":["With the same duration in all of 200 reference rows the mean answer of credit for “bad” is lowest with 6 (0.2 ± 0.01) and highest with 48 (0.5 ± 0.02). Rows also get values here that hardly go with the rest of them, and this is what the model does, not what causes what."]}
        """;

    public static void MapDependence(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/models/{model}/dependence", ReadAsync)
        .RequirePermission(Permission.Explain).WithName("GetDependence").WithTags("Explanations")
        .WithSummary("How a version's answer follows features: partial dependence, accumulated local effects, or single rows (what-if).")
        .WithDescription("""
            Computed once and then kept. What takes longer than a few seconds is answered with 202 and computed on; the same request answers it later.
            With kind=ice and a predictionId it says what the model would have answered to that row with other values, one feature at a time.
            By Accept the answer is JSON, a picture (image/svg+xml) or a page that needs no network and no script (text/html).
            """)
        .Produces<DependenceAnswer>()
        .DescribeGlobal(Example)
        .Refuses(
            GlobalErrors.MethodNotSupported("guess", CurveMethods.Names),
            DependenceErrors.FeatureUnknown("size", ["age", "duration"]), DependenceErrors.NotOrdered("purpose"),
            ShowingErrors.PictureUnknown("ice", ["dependence"]),
            VersionErrors.NotFound("credit", "champion"), PredictionErrors.NotFound("credit", "0199f0a2-7c1e-7000-8000-000000000000"),
            ReferenceErrors.None(), ReferenceErrors.Text(), ReferenceErrors.OneRow(2),
            ModelErrors.NotFinite());

    private static async Task<IResult> ReadAsync(
        string model, [AsParameters] DependenceQuery query, HttpContext context, VersionLookup versions, SubjectFinder subjects, DependenceReader reader,
        GlobalAnswers answers, CancellationToken cancellationToken)
    {
        if (query.Check() is { } error) return Problems.From(error);
        var subject = query.PredictionId is { } prediction
            ? await subjects.FindAsync(model, new ExplanationRequest { PredictionId = prediction, Version = query.Version }, cancellationToken)
            : await FindAsync(versions, model, query.Version, cancellationToken);
        if (!subject.Succeeded(out var found, out error)) return Problems.From(error);
        return await answers.WriteAsync<DependenceAnswer>(
            model, reader.Ask(found, query), context, answer => ShownDependence.Write(answer, query, context), cancellationToken);
    }

    private static async Task<Result<Subject>> FindAsync(VersionLookup versions, string model, string? version, CancellationToken cancellationToken)
    {
        var found = await versions.FindAsync(model, version, cancellationToken);
        return found.Succeeded(out var known, out var error) ? new Subject(known, []) : error;
    }
}
