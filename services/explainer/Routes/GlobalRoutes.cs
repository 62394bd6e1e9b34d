using Platform.Explainer.Explanations;
using Platform.Explainer.Global;
using Platform.Explainer.Showing;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Routes;

/// <summary>What the routes that explain whole versions have in common.</summary>
internal static class GlobalRoutes
{
    /// <summary>The answer as it is to be shown, why there is none, or 202 while it is being computed.</summary>
    public static async Task<IResult> WriteAsync<T>(
        this GlobalAnswers answers, string model, Result<GlobalComputation> asked, HttpContext context, Func<T, IResult> show,
        CancellationToken cancellationToken) where T : IGlobalAnswer
    {
        if (!asked.Succeeded(out var computation, out var error)) return Problems.From(error);
        return await answers.WaitAsync(computation, cancellationToken) is { } result
            ? result.ToHttp(answer => show((T)answer))
            : PendingAnswer.Write(model, computation, context);
    }

    public static RouteHandlerBuilder DescribeGlobal(this RouteHandlerBuilder route, string example) => route
        .Produces<PendingAnswer>(StatusCodes.Status202Accepted)
        .WithResponseExample(StatusCodes.Status200OK, example)
        .WithResponseExample(StatusCodes.Status202Accepted, """{"model":"credit","state":"running","evaluations":1400,"evaluationsPlanned":20201}""")
        .WithLocation(StatusCodes.Status202Accepted)
        .WithAnswer(StatusCodes.Status200OK, """{"type":"string","description":"The same as an SVG picture.","examples":["<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"></svg>"]}""", AnswerForm.Svg)
        .WithAnswer(StatusCodes.Status200OK, """{"type":"string","description":"The same with its sentences and a table, as one HTML page.","examples":["<!doctype html><html lang=\"en\"></html>"]}""", AnswerForm.Html)
        .Refuses(ShowingErrors.ClassUnknown("worse", ["good", "bad"]), ExplanationErrors.QueueFull(100), GlobalErrors.TimeLimit(TimeSpan.FromMinutes(15)));
}
