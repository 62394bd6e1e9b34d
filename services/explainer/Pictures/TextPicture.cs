using System.Text;
using Platform.Explainer.Games;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>The text with every piece on the colour of its share: the stronger, the larger.</summary>
internal sealed class TextPicture : IPicture
{
    private const double Margin = 20;
    private const double Size = 16;
    private const double Line = 31;
    private const double Padding = 3;
    private const double Space = 4;
    private const double Strongest = 0.6;

    public string Name => "text";

    public bool Suits(Story story) => story.IsText;

    public double Draw(SvgCanvas canvas, Story story, IWording wording, double top)
    {
        var largest = story.Parts.Select(part => Math.Abs(part.Share)).DefaultIfEmpty(0).Max();
        var (x, y) = (Margin, top + 8);
        StoryPart? before = null;
        foreach (var part in story.Parts)
        {
            var text = TextWidth.Cut(part.Name, Size, SvgCanvas.Width - (2 * (Margin + Padding)));
            var width = TextWidth.Of(text, Size) + (2 * Padding);
            if (before is not null && IsSpaced(before.Name, part.Name)) x += Space;
            if (x + width > SvgCanvas.Width - Margin && x > Margin) (x, y) = (Margin, y + Line);
            DrawPiece(canvas, part, text, (x, y, width), largest);
            (x, before) = (x + width + 1, part);
        }

        return ColourScale.Draw(canvas, wording, y + Line + 12, largest, Strongest);
    }

    private static void DrawPiece(SvgCanvas canvas, StoryPart part, string text, (double X, double Y, double Width) box, double largest)
    {
        var strength = largest > 0 ? Math.Abs(part.Share) / largest * Strongest : 0;
        canvas.Rectangle(box.X, box.Y, box.Width, Size + 9, ShownPart.StyleOf(part.Share), Math.Round(strength, 2), $"{part.Name}: {Telling.Amount(part)}", radius: 3);
        if (text.Length > 0) canvas.FittedText(box.X + Padding, box.Y + Size + 2, box.Width - (2 * Padding), text, "w");
    }

    /// <summary>Whether there is room between two pieces: not where a script writes none.</summary>
    private static bool IsSpaced(string before, string after) =>
        !TextSegments.IsUnspaced(before.EnumerateRunes().FirstOrDefault().Value) && !TextSegments.IsUnspaced(after.EnumerateRunes().FirstOrDefault(new Rune(' ')).Value);
}
