using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>Importances as a page.</summary>
internal static class ImportancePage
{
    public static string Write(ImportanceStory story, IWording wording, string svg, IEnumerable<(string Name, string Text)> facts) =>
        Page.Write(wording.Global.Heading(story), wording.Global.Tell(story), wording.Language, svg, Rows(story, wording), facts);

    private static string Rows(ImportanceStory story, IWording wording) => string.Concat(story.Parts
        .Select(part => Page.Row(
            "td", (part.Name, false), (ShortNumbers.Short(part.Share), true), (part.Error is { } error ? ShortNumbers.Short(error) : "", true)))
        .Prepend(Page.Row("th", (wording.Labels.Feature, false), ($"{wording.Labels.Importance} ({wording.Global.Unit(story)})", true), (wording.Labels.StandardError, true))));
}
