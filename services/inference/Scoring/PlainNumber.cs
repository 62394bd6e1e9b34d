namespace Platform.Inference.Scoring;

/// <summary>
/// Numbers as programs write them (+5, .5, 5., 007) as JSON has them. It is the same number digit for digit: a code of seventeen digits is no double.
/// </summary>
internal static class PlainNumber
{
    /// <summary>False for what is no number.</summary>
    public static bool TryRead(string text, out string number)
    {
        number = "";
        var rest = text.AsSpan().Trim();
        var isNegative = rest is ['-', ..];
        if (rest is ['-' or '+', ..]) rest = rest[1..];
        var whole = TakeDigits(ref rest);
        ReadOnlySpan<char> fraction = [];
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
        }

        if (whole.Length + fraction.Length == 0 || !IsExponent(rest)) return false;
        whole = whole.TrimStart('0');
        number = $"{(isNegative ? "-" : "")}{(whole.IsEmpty ? "0" : whole)}{(fraction.IsEmpty ? "" : ".")}{fraction}{rest}";
        return true;
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        if (text is not ['e' or 'E', .. var power]) return false;
        if (power is ['-' or '+', ..]) power = power[1..];
        return !power.IsEmpty && TakeDigits(ref power).Length > 0 && power.IsEmpty;
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }
}
