using System.Globalization;
using Platform.Explainer.Pictures;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Explanations;

/// <summary>An explanation in the form that its caller accepts.</summary>
internal static class ExplanationAnswer
{
    public static IResult Write(Explanation explanation, PictureQuery query, HttpContext context) => ShownAnswer.Write(
        context, query.Language, wording => TypedResults.Ok(WithSentences(explanation, wording)), wording => Show(explanation, query, wording));

    /// <summary>The explanation with what it says of each row.</summary>
    public static Explanation WithSentences(Explanation explanation, IWording wording) => explanation with
    {
        Sentences = [.. explanation.Rows.Select((told, row) => DecisionTeller.Tell(explanation, told, wording) is { } sentence
            ? sentence
            : Storyteller.Tell(explanation, row, wanted: null).Succeeded(out var story, out var _) ? wording.Tell(story) : "")],
    };

    private static Result<Shown> Show(Explanation explanation, PictureQuery query, IWording wording)
    {
        if (explanation.Rows.ElementAtOrDefault(query.Row ?? 0) is { Decision: not null } decided)
            return DecisionTeller.Show(explanation, decided, query.Picture, wording, Facts(explanation, wording.Labels));
        var told = Storyteller.Tell(explanation, query.Row ?? 0, query.Class);
        if (!told.Succeeded(out var story, out var error)) return error;
        return PictureGallery.Draw(query.Picture, story, wording) is { } picture
            ? new Shown(picture, () => ExplanationPage.Write(story, wording, picture, Facts(explanation, wording.Labels)))
            : ShowingErrors.PictureUnknown(query.Picture!, PictureGallery.NamesFor(story));
    }

    private static IEnumerable<(string Name, string Text)> Facts(Explanation explanation, Labels labels) =>
    [
        (labels.Method, explanation.Method),
        (labels.Background, $"{explanation.Background.Source} ({explanation.Background.Rows.ToString(CultureInfo.InvariantCulture)})"),
        (labels.Evaluations, explanation.Evaluations.ToString(CultureInfo.InvariantCulture)),
        (labels.Seed, explanation.Seed.ToString(CultureInfo.InvariantCulture)),
        ("id", explanation.Id),
        .. explanation.PredictionId is { } prediction ? [("predictionId", prediction)] : Array.Empty<(string, string)>(),
    ];
}
