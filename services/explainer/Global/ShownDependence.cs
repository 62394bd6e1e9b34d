using System.Globalization;
using Platform.Explainer.Pictures;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>Curves in the form that their caller accepts.</summary>
internal static class ShownDependence
{
    public static IResult Write(DependenceAnswer answer, DependenceQuery query, HttpContext context) => ShownAnswer.Write(
        context, query.Language, wording => TypedResults.Ok(answer with { Sentences = Sentences(answer, wording) }), wording => Show(answer, query, wording));

    private static IReadOnlyList<string> Sentences(DependenceAnswer answer, IWording wording) => [.. answer.Curves.Select(curve =>
        CurveStoryteller.Tell(answer, curve, wanted: null).Succeeded(out var story, out _) ? wording.Global.Tell(story) : "")];

    private static Result<Shown> Show(DependenceAnswer answer, DependenceQuery query, IWording wording)
    {
        if (!CurveStoryteller.Tell(answer, answer.Curves[0], query.Class).Succeeded(out var story, out var error)) return error;
        return CurvePicture.Draw(query.Picture, story, wording) is { } picture
            ? new Shown(picture, () => CurvePage.Write(story, wording, picture, Facts(answer, wording.Labels)))
            : ShowingErrors.PictureUnknown(query.Picture!, CurvePicture.NamesFor(story));
    }

    private static IEnumerable<(string Name, string Text)> Facts(DependenceAnswer answer, Labels labels) =>
    [
        (labels.Method, answer.Kind),
        (labels.Rows, answer.Rows.ToString(CultureInfo.InvariantCulture)),
        (labels.Evaluations, answer.Evaluations.ToString(CultureInfo.InvariantCulture)),
        (labels.Seed, answer.Seed.ToString(CultureInfo.InvariantCulture)),
        .. answer.PredictionId is { } prediction ? [("predictionId", prediction)] : Array.Empty<(string, string)>(),
    ];
}
