using System.Globalization;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>What pushes the answer up, from the left, against what pushes it down, from the right; they meet at the prediction.</summary>
internal sealed class ForcePicture : IPicture
{
    private const int MostParts = 14;
    private const double Margin = 20;
    private const double Height = 36;
    private const double Tip = 7;
    private const double Line = 21;
    private const double RoomForMark = 72;
    private const double Column = 340;

    public string Name => "force";

    public bool Suits(Story story) => true;

    public double Draw(SvgCanvas canvas, Story story, IWording wording, double top)
    {
        var parts = ShownPart.Of(story, wording, MostParts);
        var (ups, downs) = (parts.Where(part => part.Share > 0).ToList(), parts.Where(part => part.Share < 0).ToList());
        var least = story.Prediction - ups.Sum(part => part.Share);
        var scale = Scale.Of(Margin + RoomForMark, SvgCanvas.Width - Margin - RoomForMark, [least, story.Prediction - downs.Sum(part => part.Share), story.Base]);
        var bar = top + 26;
        Mark(canvas, scale.X(story.Prediction), bar - 12, $"{wording.Labels.Prediction} {ShortNumbers.Short(story.Prediction)}");
        Stack(canvas, scale, story.Prediction, ups, bar, Tip);
        Stack(canvas, scale, story.Prediction, downs, bar, -Tip);
        canvas.Line(scale.X(story.Base), bar - 4, scale.X(story.Base), bar + Height + 8, "err");
        Mark(canvas, scale.X(story.Base), bar + Height + 22, $"{wording.Labels.Average} {ShortNumbers.Short(story.Base)}");
        var list = bar + Height + 52;
        List(canvas, ups, Margin, list, wording.Labels.Raises);
        List(canvas, downs, SvgCanvas.Width - Margin - Column, list, wording.Labels.Lowers);
        return list + ((1 + Math.Max(ups.Count, downs.Count)) * Line);
    }

    private static void Mark(SvgCanvas canvas, double x, double y, string text)
    {
        var half = TextWidth.Of(text, 13) / 2;
        canvas.Text(Math.Clamp(x, Margin + half, SvgCanvas.Width - Margin - half), y, text, "", "middle");
    }

    /// <summary>The largest at the prediction, each further one outwards; the tips point where they push.</summary>
    private static void Stack(SvgCanvas canvas, Scale scale, double prediction, List<ShownPart> parts, double y, double tip)
    {
        var at = prediction;
        for (var i = 0; i < parts.Count; i++)
        {
            var (inner, outer) = (scale.X(at), scale.X(at - parts[i].Share));
            var push = Math.CopySign(Math.Min(Tip, Math.Abs(inner - outer)), tip);
            canvas.Polygon(
                [(outer, y), (inner - push, y), (inner, y + (Height / 2)), (inner - push, y + Height), (outer, y + Height), (outer + Math.Min(Math.Abs(push), Math.Abs(inner - outer)) * Math.Sign(push), y + (Height / 2))],
                tip > 0 ? "up" : "down", $"{parts[i].Label}: {ShortNumbers.Signed(parts[i].Share)}");
            if (Math.Abs(inner - outer) > 26)
                canvas.Text(((inner + outer) / 2) + (push / 4), y + (Height / 2) + 4, Ordinal(i), "on", "middle");
            at -= parts[i].Share;
        }
    }

    private static void List(SvgCanvas canvas, List<ShownPart> parts, double x, double y, string heading)
    {
        const double width = Column - 96;
        canvas.Text(x, y, heading, "m");
        for (var i = 0; i < parts.Count; i++)
        {
            var line = y + ((i + 1) * Line);
            canvas.Text(x + 14, line, Ordinal(i), "m", "end");
            canvas.Text(x + 22, line, TextWidth.Cut(parts[i].Label, 13, width), whole: parts[i].Label);
            canvas.Text(x + Column, line, ShortNumbers.Signed(parts[i].Share), parts[i].Share < 0 ? "down" : "up", "end");
        }
    }

    private static string Ordinal(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
