using Platform.Explainer.Explanations;
using Platform.Explainer.Models;
using Platform.Explainer.Predictions;
using Platform.Explainer.Rows;
using Platform.Explainer.Showing;
using Platform.Explainer.Versions;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Work;

namespace Platform.Explainer.Routes;

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
                  "standardErrors":null,"residual":0,"features":null,"values":[35,"car",4000],"localFit":null,"decision":null,"counterfactuals":null,"evaluations":null,"anchor":null}],
         "sentences":["credit answers 0.7 for “bad”, 0.3 more than its average of 0.4 over the 2 rows it is compared with: amount = 4000 (+0.25) and purpose = car (+0.1) raise it most, age = 35 (−0.05) lowers it most. The parts are exact, and say what the model went by, not what causes what."],
         "shape":null,
         "background":{"source":"request","rows":2},"evaluations":15,"seed":1,"durationMs":3}
        """;

    private const string Queued = """{"id":"0199f0a2-7c1e-7000-8000-2f6f3a1c5b7d","model":"credit","state":"queued"}""";

    private const string Cancelled = """
        {"id":"0199f0a2-7c1e-7000-8000-2f6f3a1c5b7d","model":"credit","state":"cancelled","finishedAt":"2026-03-04T05:06:07.089+00:00"}
        """;

    public static RouteHandlerBuilder DescribeCreation(this RouteHandlerBuilder route) => route
        .WithRequestExample(Request)
        .WithResponseExample(StatusCodes.Status200OK, Answer)
        .WithResponseExample(StatusCodes.Status202Accepted, Queued)
        .WithLocation(StatusCodes.Status202Accepted)
        .DescribePictures()
        .Refuses(
            ExplanationErrors.MethodNotSupported("guess"),
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
        .DescribePictures()
        .Refuses(ExplanationErrors.NotFound("0199f0a2-7c1e-7000-8000-000000000000"), ExplanationErrors.Cancelled(), ModelErrors.NotFinite());

    public static RouteHandlerBuilder DescribeCancelling(this RouteHandlerBuilder route) => route
        .WithDescription("One that is being computed is cancelled as well: its computation ends soon. Cancelling it again changes nothing.")
        .WithResponseExample(StatusCodes.Status200OK, Cancelled)
        .Refuses(ExplanationErrors.NotFound("0199f0a2-7c1e-7000-8000-000000000000"), ExplanationErrors.Finished(WorkState.Succeeded));

    private static RouteHandlerBuilder DescribePictures(this RouteHandlerBuilder route) => route
        .WithAnswer(StatusCodes.Status200OK, """
            {"type":"string","description":"One row and one class as an SVG picture.","examples":["<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 300\" role=\"img\"><title>credit (version 1): 0.7 for “bad”</title></svg>"]}
            """, AnswerForm.Svg)
        .WithAnswer(StatusCodes.Status200OK, """
            {"type":"string","description":"The same with its sentences and a table of all features, as one HTML page.","examples":["<!doctype html><html lang=\"en\"></html>"]}
            """, AnswerForm.Html)
        .Refuses(
            ShowingErrors.PictureUnknown("heatmap", ["waterfall", "bars", "force"]),
            ShowingErrors.RowUnknown(2, 2),
            ShowingErrors.ClassUnknown("worse", ["good", "bad"]));
}
