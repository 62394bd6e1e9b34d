using System.Text;
using Platform.Explainer.Games;

namespace Platform.Explainer.Pictures;

/// <summary>
/// How wide a text will be, without its font: rather too wide, as what is read where the picture is drawn is not known.
/// </summary>
internal static class TextWidth
{
    private const string Narrow = "iljtfrI.,;:'|!()[] ";
    private const string Wide = "mwMWGOQ%@—&";

    /// <summary>Width in pixels at a font size.</summary>
    public static double Of(string text, double size) => text.EnumerateRunes().Sum(Of) * size;

    /// <summary>The text, or as much of its beginning as fits with an ellipsis.</summary>
    public static string Cut(string text, double size, double width)
    {
        if (Of(text, size) <= width) return text;
        var (kept, left) = (new StringBuilder(), (width / size) - Of(new Rune('…')));
        foreach (var rune in text.EnumerateRunes())
        {
            if ((left -= Of(rune)) < 0) break;
            kept.Append(rune.ToString());
        }

        return $"{kept.ToString().TrimEnd()}…";
    }

    /// <summary>The text in lines of at most that width; broken between words, or between characters of scripts without spaces.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var piece in TextSegments.Split(text, int.MaxValue).Select(segment => text.Substring(segment.Start, segment.Length)))
        {
            if (line.Length > 0 && Of((line + piece).TrimEnd(), size) > width)
            {
                lines.Add(line.TrimEnd());
                line = "";
            }

            line += piece;
        }

        return [.. lines, Cut(line.TrimEnd(), size, width)];
    }

    private static double Of(Rune rune) => rune.Value switch
    {
        _ when IsFull(rune.Value) => 1.05,
        < 128 when Narrow.Contains((char)rune.Value, StringComparison.Ordinal) => 0.4,
        < 128 when Wide.Contains((char)rune.Value, StringComparison.Ordinal) => 0.95,
        >= 'A' and <= 'Z' => 0.74,
        < 0x300 => 0.6,
        _ => 0.8,
    };

    // East Asian characters, their punctuation and full-width forms, and pictographs.
    private static bool IsFull(int value) => value is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFF;
}
