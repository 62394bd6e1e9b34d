using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>A rule: what holds of the row, how precise that is with its bounds, and how many rows it covers.</summary>
internal static class RulePicture
{
    public const string Name = "anchors";

    private const int MostConditions = 16;
    private const double Left = 20;
    private const double Labels = 130;
    private const double RoomForNumber = 176;
    private const double Step = 30;
    private const double Bar = 17;

    public static string Draw(RuleStory story, IWording wording) => PictureFrame.Draw(
        wording.Decisions.Heading(story), wording.Decisions.Tell(story), wording.Language, (canvas, top) => Draw(canvas, story, wording, top));

    private static double Draw(SvgCanvas canvas, RuleStory story, IWording wording, double top)
    {
        var labels = wording.Decisions.Labels;
        var y = top;
        foreach (var text in story.Conditions.Take(MostConditions).Select(wording.Decisions.Say).DefaultIfEmpty(labels.Always)) y = DrawCondition(canvas, text, y);
        if (story.Conditions.Count > MostConditions)
        {
            canvas.Text(Left, y + 18, wording.Others(story.Conditions.Count - MostConditions), "m");
            y += Step;
        }

        y += 8;
        DrawShare(canvas, labels.Precision, story.Precision, "up", y, $"{ShortNumbers.Short(story.Precision)} ({ShortNumbers.Short(story.PrecisionLow)} – {ShortNumbers.Short(story.PrecisionHigh)})");
        var scale = Scale();
        canvas.Line(scale.X(story.PrecisionLow), y + 12, scale.X(story.PrecisionHigh), y + 12, "err");
        canvas.Line(scale.X(story.PrecisionLow), y + 8, scale.X(story.PrecisionLow), y + 17, "err");
        canvas.Line(scale.X(story.PrecisionHigh), y + 8, scale.X(story.PrecisionHigh), y + 17, "err");
        DrawShare(canvas, labels.Coverage, story.Coverage, "rest", y + Step, ShortNumbers.Short(story.Coverage));
        return y + (2 * Step) + 6;
    }

    private static double DrawCondition(SvgCanvas canvas, string text, double y)
    {
        var shown = TextWidth.Cut(text, 13, SvgCanvas.Width - (2 * Left) - 24);
        canvas.Rectangle(Left, y, TextWidth.Of(shown, 13) + 24, Step - 6, "down", 0.18, radius: 4);
        canvas.Text(Left + 12, y + 17, shown, whole: text);
        return y + Step;
    }

    private static void DrawShare(SvgCanvas canvas, string label, double share, string style, double y, string number)
    {
        var scale = Scale();
        canvas.Text(Left, y + 17, TextWidth.Cut(label, 13, Labels - 10), "m", whole: label);
        canvas.Rectangle(scale.Left, y + 4, scale.Right - scale.Left, Bar, "rest", 0.15);
        canvas.Rectangle(scale.Left, y + 4, Math.Max(1, scale.X(share) - scale.Left), Bar, style, 0.8);
        canvas.Text(SvgCanvas.Width - Left, y + 17, number, anchor: "end");
    }

    private static Scale Scale() => new(Left + Labels, SvgCanvas.Width - Left - RoomForNumber, 0, 1);
}
