using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>The pictures there are.</summary>
internal static class PictureGallery
{
    /// <summary>Where several suit, the first is drawn.</summary>
    private static readonly IPicture[] Pictures = [new TextPicture(), new HeatmapPicture(), new WaterfallPicture(), new BarsPicture(), new ForcePicture()];

    /// <summary>Every name that a request may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Pictures.Select(picture => picture.Name).Concat([ChangePicture.Name, RulePicture.Name]).Order(StringComparer.Ordinal)];

    public static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>The names of those that can show this.</summary>
    public static IEnumerable<string> NamesFor(Story story) => Pictures.Where(picture => picture.Suits(story)).Select(picture => picture.Name);

    /// <summary>Draws the picture of that name, or the one that suits best; null where it cannot show this.</summary>
    public static string? Draw(string? name, Story story, IWording wording)
    {
        var picture = Array.Find(Pictures, picture => (name is null || picture.Name == name) && picture.Suits(story));
        return picture is null ? null : PictureFrame.Draw(
            wording.Heading(story), wording.Tell(story), wording.Language, (canvas, top) => picture.Draw(canvas, story, wording, top));
    }
}
