using System.Globalization;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>What explains a decision as a page.</summary>
internal static class DecisionPages
{
    public static string Write(ChangeStory story, IWording wording, string svg, IEnumerable<(string Name, string Text)> facts) =>
        Page.Write(wording.Decisions.Heading(story), wording.Decisions.Tell(story), wording.Language, svg, Rows(story, wording), facts);

    public static string Write(RuleStory story, IWording wording, string svg, IEnumerable<(string Name, string Text)> facts) =>
        Page.Write(wording.Decisions.Heading(story), wording.Decisions.Tell(story), wording.Language, svg, Rows(story, wording), facts);

    /// <summary>Every feature that any of the ways changes.</summary>
    private static string Rows(ChangeStory story, IWording wording)
    {
        if (story.Ways.Count == 0) return "";
        var (labels, ways) = (wording.Decisions.Labels, Enumerable.Range(0, story.Ways.Count));
        IEnumerable<(string, bool)> Cells(string name, string now, Func<Way, string> then) => [(name, false), (now, false), .. story.Ways.Select(way => (then(way), false))];
        var features = story.Ways.SelectMany(way => way.Changes).DistinctBy(change => change.Feature);
        return string.Concat(
        [
            Page.Row("th", [(wording.Labels.Feature, false), (labels.AsItIs, false), .. ways.Select(way => ((way + 1).ToString(CultureInfo.InvariantCulture), false))]),
            Page.Row("td", Cells(labels.Answer, wording.Decisions.Short(story.Now), way => wording.Decisions.Short(way.Then))),
            Page.Row("td", Cells(labels.Distance, "", way => ShortNumbers.Short(way.Distance))),
            .. features.Select(feature => Page.Row("td", Cells(
                feature.Feature, feature.From, way => way.Changes.FirstOrDefault(change => change.Feature == feature.Feature)?.To ?? "="))),
        ]);
    }

    private static string Rows(RuleStory story, IWording wording)
    {
        var labels = wording.Decisions.Labels;
        return string.Concat(
        [
            .. story.Conditions.Select(wording.Decisions.Say).DefaultIfEmpty(labels.Always).Select(said => Page.Row("td", (labels.Condition, false), (said, false))),
            Page.Row("td", (labels.Precision, false), ($"{ShortNumbers.Short(story.Precision)} ({ShortNumbers.Short(story.PrecisionLow)} – {ShortNumbers.Short(story.PrecisionHigh)})", false)),
            Page.Row("td", (labels.Coverage, false), (ShortNumbers.Short(story.Coverage), false)),
        ]);
    }
}
