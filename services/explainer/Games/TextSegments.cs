using System.Globalization;
using System.Text;

namespace Platform.Explainer.Games;

/// <summary>Cuts a text into the players of its game: words, or single characters in scripts that put no spaces between words.</summary>
internal static class TextSegments
{
    /// <summary>
    /// Cuts <paramref name="text"/> into at most <paramref name="maximum"/> segments that tile it. A segment is a word with the
    /// white space after it, or one character of a script without spaces (Han, kana, Thai, Lao, Myanmar, Khmer) with the
    /// punctuation and white space after it. Longer texts have neighbours merged, as evenly as can be. The empty text has none.
    /// </summary>
    public static IReadOnlyList<TextSegment> Split(string text, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        var starts = Starts(text);
        return Merge(starts, text.Length, Math.Min(maximum, starts.Count));
    }

    private static List<int> Starts(string text)
    {
        var starts = new List<int>();
        var previous = Kind.Space;
        var position = 0;
        var onlySpaceYet = true;
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = KindOf(rune, previous);
            if (position == 0 || (!onlySpaceYet && Begins(kind, previous)))
                starts.Add(position);
            onlySpaceYet &= kind == Kind.Space;
            position += rune.Utf16SequenceLength;
            previous = kind;
        }

        return starts;
    }

    private static bool Begins(Kind kind, Kind previous) =>
        kind == Kind.Unspaced || (kind == Kind.Word && previous != Kind.Word);

    /// <summary>Combining marks belong to the character before them, punctuation to an unspaced character before it.</summary>
    private static Kind KindOf(Rune rune, Kind previous)
    {
        if (Rune.IsWhiteSpace(rune))
            return Kind.Space;
        if (IsCombining(rune))
            return previous == Kind.Word ? Kind.Word : Kind.Attached;
        if (IsUnspaced(rune.Value))
            return Kind.Unspaced;
        return Rune.IsPunctuation(rune) && previous is (Kind.Unspaced or Kind.Attached) ? Kind.Attached : Kind.Word;
    }

    private static bool IsCombining(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Whether a code point is of a script that puts no spaces between words.</summary>
    public static bool IsUnspaced(int value) => value
        is >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF
        or >= 0x3040 and <= 0x30FF or >= 0x31F0 and <= 0x31FF
        or >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF;

    private static List<TextSegment> Merge(List<int> starts, int length, int count)
    {
        var segments = new List<TextSegment>(count);
        for (var group = 0; group < count; group++)
        {
            var start = starts[FirstOf(group, starts.Count, count)];
            var end = group + 1 < count ? starts[FirstOf(group + 1, starts.Count, count)] : length;
            segments.Add(new TextSegment(start, end - start));
        }

        return segments;
    }

    private static int FirstOf(int group, int pieces, int groups) => (int)((long)group * pieces / groups);

    private enum Kind
    {
        Space,
        Word,
        Unspaced,
        Attached,
    }
}
