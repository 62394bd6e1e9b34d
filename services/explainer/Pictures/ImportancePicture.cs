using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>The importances of a version's features as bars, with a line of one standard error to either side.</summary>
internal static class ImportancePicture
{
    private const int MostParts = 20;

    public static string Draw(ImportanceStory story, IWording wording) => PictureFrame.Draw(
        wording.Global.Heading(story), wording.Global.Tell(story), wording.Language, (canvas, top) =>
        {
            canvas.Text(SvgCanvas.Width - 20, top + 12, wording.Global.Unit(story), "m", "end");
            return BarsPicture.Draw(canvas, Shown(story, wording), top + 14);
        });

    private static List<ShownPart> Shown(ImportanceStory story, IWording wording)
    {
        var shown = story.Parts.Take(MostParts).Select(part => new ShownPart(part.Name, part.Share, part.Error, ShownPart.StyleOf(part.Share))).ToList();
        if (story.Parts.Count > MostParts)
            shown.Add(new ShownPart(wording.Others(story.Parts.Count - MostParts), story.Parts.Skip(MostParts).Sum(part => part.Share), null, "rest"));
        return shown;
    }
}
