using System.Globalization;
using Microsoft.Net.Http.Headers;
using Platform.Explainer.Pictures;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Explanations;

/// <summary>An explanation in the form that its caller accepts: JSON, a picture, or a page with the picture in it.</summary>
internal static class ExplanationAnswer
{
    public const string Svg = "image/svg+xml";
    public const string Html = "text/html";

    // What is shown holds names and texts that others wrote: nothing in it runs, and nothing is fetched.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private static readonly MediaTypeHeaderValue[] Offered = [new("application/json"), new(Svg), new(Html)];

    public static IResult Write(Explanation explanation, PictureQuery query, HttpContext context)
    {
        var headers = context.Request.GetTypedHeaders();
        var wording = Languages.Choose(query.Language, headers.AcceptLanguage);
        var form = Choose(headers.Accept);
        context.Response.Headers.Vary = "Accept, Accept-Language";
        if (form == Offered[0].MediaType) return TypedResults.Ok(WithSentences(explanation, wording));

        var told = Storyteller.Tell(explanation, query.Row ?? 0, query.Class);
        if (!told.Succeeded(out var story, out var error)) return Problems.From(error);
        if (PictureGallery.Draw(query.Picture, story, wording) is not { } picture)
            return Problems.From(ShowingErrors.PictureUnknown(query.Picture!, PictureGallery.NamesFor(story)));
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentLanguage = wording.Language;
        return form == Svg
            ? TypedResults.Text(picture, $"{Svg}; charset=utf-8")
            : TypedResults.Text(ExplanationPage.Write(story, wording, picture, Facts(explanation, wording.Labels)), $"{Html}; charset=utf-8");
    }

    /// <summary>The explanation with what it says of each row.</summary>
    public static Explanation WithSentences(Explanation explanation, IWording wording) => explanation with
    {
        Sentences = [.. explanation.Rows.Select((_, row) => Storyteller.Tell(explanation, row, wanted: null).Succeeded(out var story, out var _) ? wording.Tell(story) : "")],
    };

    /// <summary>The offered form that the caller likes best; JSON where it does not matter or nothing fits.</summary>
    private static string Choose(IList<MediaTypeHeaderValue> accepted) => Offered
        .MaxBy(offered => Quality(offered, accepted))!.MediaType.ToString();

    // Of the ranges that a form falls into the most exact one counts.
    private static double Quality(MediaTypeHeaderValue offered, IList<MediaTypeHeaderValue> accepted) => accepted
        .Where(range => offered.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
        .OrderByDescending(range => (range.MatchesAllTypes ? 0 : 1) + (range.MatchesAllSubTypes ? 0 : 1))
        .Select(range => range.Quality ?? 1).FirstOrDefault(0);

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
