using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>The bars of a picture: the largest parts, the others together, and what is unexplained.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Share">What it adds.</param>
/// <param name="Error">Its standard error; null where there is none.</param>
/// <param name="Style">How it is coloured.</param>
internal sealed record ShownPart(string Label, double Share, double? Error, string Style)
{
    public static IReadOnlyList<ShownPart> Of(Story story, IWording wording, int most)
    {
        var parts = story.BySize.ToList();
        // One alone takes no more room than its name.
        var named = parts.Count <= most + 1 ? parts.Count : most;
        var shown = parts.Take(named).Select(part => new ShownPart(wording.Label(part), part.Share, part.Error, StyleOf(part.Share))).ToList();
        if (named < parts.Count)
            shown.Add(new ShownPart(wording.Others(parts.Count - named), parts.Skip(named).Sum(part => part.Share), null, "rest"));
        if (story.LeavesSomething) shown.Add(new ShownPart(wording.Labels.Unexplained, story.Residual, null, "rest"));
        return shown;
    }

    public static string StyleOf(double share) => share < 0 ? "down" : "up";
}
