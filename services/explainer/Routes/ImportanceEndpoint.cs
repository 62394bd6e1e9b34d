using Platform.Explainer.Global;
using Platform.Explainer.Models;
using Platform.Explainer.References;
using Platform.Explainer.Versions;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Routes;

/// <summary>How much a version goes by each feature.</summary>
internal static class ImportanceEndpoint
{
    private const string Example = """
        {"model":"credit","version":"1","method":"permutation","per":"feature","measure":"accuracy","attribution":null,"output":"probabilities",
         "labels":[{"label":null,"baseline":0.76,"rows":200}],
         "importances":[{"feature":"duration","label":null,"importance":0.052,"standardError":0.011},{"feature":"age","label":null,"importance":0.004,"standardError":null}],
         "rows":200,"repeats":5,"seed":1,"evaluations":2201,
         "sentences":["Over 200 reference rows credit goes most by duration (0.052 ± 0.011): so much of its accuracy of 0.76 is lost when they are mixed up. This says what the model goes by, not what causes what, and features that go together share what they tell."]}
        """;

    public static void MapImportance(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/models/{model}/importance", ReadAsync)
        .RequirePermission(Permission.Explain).WithName("GetImportance").WithTags("Explanations")
        .WithSummary("How much a version goes by each of its features, measured on its reference rows, with standard errors.")
        .WithDescription("""
            Computed once and then kept. What takes longer than a few seconds is answered with 202 and computed on; the same request answers it later.
            By Accept the answer is JSON, a picture (image/svg+xml) or a page that needs no network and no script (text/html).
            """)
        .Produces<ImportanceAnswer>()
        .DescribeGlobal(Example)
        .Refuses(
            GlobalErrors.MethodNotSupported("guess", ["permutation", "shap"]),
            VersionErrors.NotFound("credit", "champion"),
            ReferenceErrors.None(), ReferenceErrors.TooFew(1, 2), ReferenceErrors.Text(),
            ModelErrors.NotFinite());

    private static async Task<IResult> ReadAsync(
        string model, [AsParameters] ImportanceQuery query, HttpContext context, VersionLookup versions, ImportanceReader reader, GlobalAnswers answers,
        CancellationToken cancellationToken)
    {
        if (query.Check() is { } error) return Problems.From(error);
        var version = await versions.FindAsync(model, query.Version, cancellationToken);
        if (!version.Succeeded(out var found, out error)) return Problems.From(error);
        return await answers.WriteAsync<ImportanceAnswer>(
            model, reader.Ask(found, query), context, answer => ShownImportance.Write(answer, query, context), cancellationToken);
    }
}
