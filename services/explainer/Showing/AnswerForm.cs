using Microsoft.Net.Http.Headers;

namespace Platform.Explainer.Showing;

/// <summary>The forms in which an explanation is answered.</summary>
internal static class AnswerForm
{
    public const string Json = "application/json";
    public const string Svg = "image/svg+xml";
    public const string Html = "text/html";

    private static readonly MediaTypeHeaderValue[] Offered = [new(Json), new(Svg), new(Html)];

    /// <summary>The form that the caller likes best; JSON where it does not matter or nothing fits.</summary>
    public static string Choose(IList<MediaTypeHeaderValue> accepted) => Offered
        .MaxBy(offered => Quality(offered, accepted))!.MediaType.ToString();

    // Of the ranges that a form falls into the most exact one counts.
    private static double Quality(MediaTypeHeaderValue offered, IList<MediaTypeHeaderValue> accepted) => accepted
        .Where(range => offered.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
        .OrderByDescending(range => (range.MatchesAllTypes ? 0 : 1) + (range.MatchesAllSubTypes ? 0 : 1))
        .Select(range => range.Quality ?? 1).FirstOrDefault(0);
}
