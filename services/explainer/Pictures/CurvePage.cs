using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>A curve as a page.</summary>
internal static class CurvePage
{
    public static string Write(CurveStory story, IWording wording, string svg, IEnumerable<(string Name, string Text)> facts) =>
        Page.Write(wording.Global.Heading(story), wording.Global.Tell(story), wording.Language, svg, Rows(story, wording), facts);

    private static string Rows(CurveStory story, IWording wording)
    {
        if (story.Told is not { } told) return "";
        return string.Concat(story.Points
            .Select((point, at) => Page.Row(
                "td", (point, false), (ShortNumbers.Short(told[at]), true), (story.Errors is { } errors ? ShortNumbers.Short(errors[at]) : "", true)))
            .Prepend(Page.Row("th", (story.Feature, false), (story.Output, true), (wording.Labels.StandardError, true))));
    }
}
