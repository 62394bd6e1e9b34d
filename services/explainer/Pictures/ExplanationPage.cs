using System.Text;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>An explanation as a page.</summary>
internal static class ExplanationPage
{
    /// <summary>The picture, its sentences, and every feature in a table.</summary>
    /// <param name="story">What is told.</param>
    /// <param name="wording">Its language.</param>
    /// <param name="svg">The picture.</param>
    /// <param name="facts">What else there is to know, each with its name.</param>
    public static string Write(Story story, IWording wording, string svg, IEnumerable<(string Name, string Text)> facts) =>
        Page.Write(wording.Heading(story), wording.Tell(story), wording.Language, svg, Rows(story, wording), facts);

    private static string Rows(Story story, IWording wording)
    {
        var labels = wording.Labels;
        var (values, errors) = (story.Parts.Any(part => part.Value is not null), story.Parts.Any(part => part.Error is not null));
        IEnumerable<(string, bool)> Cells(string name, string value, string share, string error) =>
            [(name, false), .. values ? [(value, false)] : Array.Empty<(string, bool)>(), (share, true), .. errors ? [(error, true)] : Array.Empty<(string, bool)>()];
        var rows = new StringBuilder(Page.Row("th", Cells(labels.Feature, labels.Value, labels.Share, labels.StandardError)));
        foreach (var part in story.Parts.OrderByDescending(part => Math.Abs(part.Share)))
        {
            rows.Append(Page.Row("td", Cells(
                part.Name, part.Value ?? "", ShortNumbers.Signed(part.Share), part.Error is { } error ? ShortNumbers.Short(error) : "")));
        }

        return rows.ToString();
    }
}
