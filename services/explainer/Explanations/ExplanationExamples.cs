using Platform.Explainer.Models;
using Platform.Explainer.Predictions;
using Platform.Explainer.Rows;
using Platform.Explainer.Versions;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Explanations;

/// <summary>Examples and errors of the explainer's routes, for the API's description.</summary>
internal static class ExplanationExamples
{
    private const string Request = """
        {"method":"auto","inputs":[{"name":"input","datatype":"FP32","shape":[1,3],"data":[35,2,4000]}],
         "background":[[40,1,2500],[28,3,1200]],"classes":[1],"seed":1}
        """;

    private const string Answer = """
        {"id":"0199f0a2-7c1e-7000-8000-2f6f3a1c5b7d","method":"exact","model":"credit","version":"1","predictionId":null,
         "output":"probabilities","features":["age","purpose","amount"],"outputNames":["bad"],
         "rows":[{"prediction":[0.7],"base":[0.4],"attributions":[[-0.05],[0.1],[0.25]],
                  "standardErrors":null,"residual":0,"features":null}],
         "background":{"source":"request","rows":2},"evaluations":15,"seed":1,"durationMs":3}
        """;

    private const string Queued = """{"id":"0199f0a2-7c1e-7000-8000-2f6f3a1c5b7d","model":"credit","state":"queued"}""";

    public static RouteHandlerBuilder DescribeCreation(this RouteHandlerBuilder route) => route
        .WithRequestExample(Request)
        .WithResponseExample(StatusCodes.Status200OK, Answer)
        .WithResponseExample(StatusCodes.Status202Accepted, Queued)
        .WithLocation(StatusCodes.Status202Accepted)
        .Refuses(
            ExplanationErrors.MethodNotSupported("lime"),
            RowErrors.Invalid("Input 'input' is missing."),
            RowErrors.BackgroundInvalid("Background row 0: it has 2 cells, and a row of this model has 3."),
            VersionErrors.NotFound("credit", "champion"),
            PredictionErrors.NotFound("credit", "0199f0a2-7c1e-7000-8000-000000000000"),
            RowErrors.NoBackground(),
            ModelErrors.NotFinite(),
            ExplanationErrors.TimeLimit(TimeSpan.FromSeconds(30)),
            ExplanationErrors.Busy());

    public static RouteHandlerBuilder DescribeReading(this RouteHandlerBuilder route) => route
        .WithResponseExample(StatusCodes.Status200OK, Answer)
        .WithResponseExample(StatusCodes.Status202Accepted, Queued)
        .Refuses(ExplanationErrors.NotFound("0199f0a2-7c1e-7000-8000-000000000000"), ModelErrors.NotFinite());
}
