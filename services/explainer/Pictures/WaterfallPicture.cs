using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>From the average to the prediction, one step a feature, the largest first.</summary>
internal sealed class WaterfallPicture : IPicture
{
    private const int MostParts = 12;
    private const double LabelEnd = 262;
    private const double LabelWidth = 240;
    private const double RoomForNumber = 72;
    private const double Step = 27;
    private const double Bar = 17;

    public string Name => "waterfall";

    public bool Suits(Story story) => true;

    public double Draw(SvgCanvas canvas, Story story, IWording wording, double top)
    {
        var parts = ShownPart.Of(story, wording, MostParts);
        var scale = Scale.Of(LabelEnd + RoomForNumber, SvgCanvas.Width - RoomForNumber, Stations(story, parts));
        var bottom = top + ((parts.Count + 2) * Step);
        canvas.Line(scale.X(story.Base), top, scale.X(story.Base), bottom, "grid");
        Mark(canvas, scale.X(story.Base), top, wording.Labels.Average, story.Base);
        var (at, y) = (story.Base, top + Step);
        foreach (var part in parts)
        {
            DrawStep(canvas, scale, part, at, y);
            (at, y) = (at + part.Share, y + Step);
        }

        Mark(canvas, scale.X(story.Prediction), y, wording.Labels.Prediction, story.Prediction);
        return bottom + 6;
    }

    private static IEnumerable<double> Stations(Story story, IReadOnlyList<ShownPart> parts)
    {
        var at = story.Base;
        yield return at;
        foreach (var part in parts) yield return at += part.Share;
        yield return story.Prediction;
    }

    private static void Mark(SvgCanvas canvas, double x, double y, string label, double value)
    {
        canvas.Text(LabelEnd - 12, y + 17, label, "m", "end");
        canvas.Polygon([(x, y + 5), (x + 7, y + 12), (x, y + 19), (x - 7, y + 12)], "ink");
        canvas.Text(x + 12, y + 17, ShortNumbers.Short(value));
    }

    private static void DrawStep(SvgCanvas canvas, Scale scale, ShownPart part, double at, double y)
    {
        var (from, to) = (scale.X(at), scale.X(at + part.Share));
        canvas.Text(LabelEnd - 12, y + 17, TextWidth.Cut(part.Label, 13, LabelWidth), "", "end", part.Label);
        canvas.Line(from, y - 5, from, y + 4, "dash");
        canvas.Rectangle(Math.Min(from, to), y + 4, Math.Max(1, Math.Abs(to - from)), Bar, part.Style, title: $"{part.Label}: {ShortNumbers.Signed(part.Share)}");
        canvas.Line(to, y + 4 + Bar, to, y + Step, "dash");
        if (part.Share < 0) canvas.Text(to - 6, y + 17, ShortNumbers.Signed(part.Share), part.Style, "end");
        else canvas.Text(to + 6, y + 17, ShortNumbers.Signed(part.Share), part.Style);
    }
}
