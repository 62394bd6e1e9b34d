using System.Globalization;

namespace Platform.Monitor.Features;

/// <summary>
/// Cuts a text into words without copying it: runs of letters, digits and marks; of scripts that do not put spaces between
/// words (Han, kana and so on, the letters without case) every character is one.
/// </summary>
internal ref struct Words(string text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly Words GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < _text.Length && !IsPart(_text[_next]))
            _next++;
        if (_next == _text.Length)
            return false;

        var start = _next;
        _next += IsWhole(_text[start]) ? CharacterLength(start) : RunLength(start);
        Current = _text[start.._next];
        return true;
    }

    private readonly int RunLength(int start)
    {
        var end = start + 1;
        while (end < _text.Length && IsPart(_text[end]) && !IsWhole(_text[end]))
            end++;
        return end - start;
    }

    private readonly int CharacterLength(int start) =>
        char.IsHighSurrogate(_text[start]) && start + 1 < _text.Length && char.IsLowSurrogate(_text[start + 1]) ? 2 : 1;

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c);

    private static bool IsMark(char c) => c > 127
        && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Han, kana, bopomofo and their compatibility forms, and everything outside the basic plane.
    private static bool IsWhole(char c) => c is >= '\u2E80' and <= '\uA4CF' or >= '\uF900' and <= '\uFAFF' || char.IsSurrogate(c);
}
