using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>What each feature adds, from zero to the left or right, with a line of one standard error to either side.</summary>
internal sealed class BarsPicture : IPicture
{
    private const int MostParts = 16;
    private const double LabelEnd = 262;
    private const double LabelWidth = 240;
    private const double RoomForNumber = 72;
    private const double Step = 25;
    private const double Bar = 16;

    public string Name => "bars";

    public bool Suits(Story story) => true;

    public double Draw(SvgCanvas canvas, Story story, IWording wording, double top)
    {
        return Draw(canvas, ShownPart.Of(story, wording, MostParts), top);
    }

    /// <summary>Bars of any parts, for pictures that stand beside explanations of rows.</summary>
    public static double Draw(SvgCanvas canvas, IReadOnlyList<ShownPart> parts, double top)
    {
        var ends = parts.SelectMany(part => new[] { part.Share - (part.Error ?? 0), part.Share + (part.Error ?? 0) });
        var scale = Scale.Of(LabelEnd + RoomForNumber, SvgCanvas.Width - RoomForNumber, [0, .. ends]);
        var y = top + 20;
        canvas.Text(scale.X(0), top + 12, "0", "m", "middle");
        canvas.Line(scale.X(0), y, scale.X(0), y + Math.Max(1, parts.Count) * Step, "grid");
        foreach (var part in parts)
        {
            DrawBar(canvas, scale, part, y);
            y += Step;
        }

        return y + 6;
    }

    private static void DrawBar(SvgCanvas canvas, Scale scale, ShownPart part, double y)
    {
        var (zero, end) = (scale.X(0), scale.X(part.Share));
        canvas.Text(LabelEnd - 12, y + 16, TextWidth.Cut(part.Label, 13, LabelWidth), "", "end", part.Label);
        canvas.Rectangle(Math.Min(zero, end), y + 4, Math.Max(1, Math.Abs(end - zero)), Bar, part.Style, title: $"{part.Label}: {ShortNumbers.Signed(part.Share)}");
        var (left, right) = (Math.Min(zero, end), Math.Max(zero, end));
        if (part.Error is > 0)
        {
            var (low, high) = (scale.X(part.Share - part.Error.Value), scale.X(part.Share + part.Error.Value));
            canvas.Line(low, y + 12, high, y + 12, "err");
            canvas.Line(low, y + 9, low, y + 15, "err");
            canvas.Line(high, y + 9, high, y + 15, "err");
            (left, right) = (Math.Min(left, low), Math.Max(right, high));
        }

        if (part.Share < 0) canvas.Text(left - 6, y + 16, ShortNumbers.Signed(part.Share), part.Style, "end");
        else canvas.Text(right + 6, y + 16, ShortNumbers.Signed(part.Share), part.Style);
    }
}
