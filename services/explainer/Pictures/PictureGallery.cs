using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>The pictures there are.</summary>
internal static class PictureGallery
{
    private const double Margin = 20;
    private const double HeadingSize = 17;
    private const double CaptionSize = 12;
    private const double CaptionLine = 18;
    private const double HeadingWeight = 1.08; // letters that are bold are wider

    /// <summary>Where several suit, the first is drawn.</summary>
    private static readonly IPicture[] Pictures = [new TextPicture(), new HeatmapPicture(), new WaterfallPicture(), new BarsPicture(), new ForcePicture()];

    /// <summary>Every name that a request may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Pictures.Select(picture => picture.Name).Order(StringComparer.Ordinal)];

    public static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>The names of those that can show this.</summary>
    public static IEnumerable<string> NamesFor(Story story) => Pictures.Where(picture => picture.Suits(story)).Select(picture => picture.Name);

    /// <summary>Draws the picture of that name, or the one that suits best; null where it cannot show this.</summary>
    public static string? Draw(string? name, Story story, IWording wording)
    {
        var picture = Array.Find(Pictures, picture => (name is null || picture.Name == name) && picture.Suits(story));
        return picture is null ? null : Draw(picture, story, wording);
    }

    private static string Draw(IPicture picture, Story story, IWording wording)
    {
        var canvas = new SvgCanvas();
        var (heading, told) = (wording.Heading(story), wording.Tell(story));
        canvas.Text(Margin, 32, TextWidth.Cut(heading, HeadingSize * HeadingWeight, SvgCanvas.Width - (2 * Margin)), "h", whole: heading);
        var bottom = picture.Draw(canvas, story, wording, top: 52);
        foreach (var line in TextWidth.Wrap(told, CaptionSize, SvgCanvas.Width - (2 * Margin)))
            canvas.Text(Margin, bottom += CaptionLine, line, "m");
        return canvas.ToSvg(bottom + 16, heading, told, wording.Language);
    }
}
