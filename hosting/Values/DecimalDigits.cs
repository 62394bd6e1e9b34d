using System.Globalization;

namespace Platform.Hosting.Values;

/// <summary>A number in decimal notation, taken apart: its significant digits and the power of ten that they are multiplied with.</summary>
internal readonly ref struct DecimalDigits
{
    private const int MostExponent = 100_000;

    private readonly string _digits;
    private readonly int _exponent;

    private DecimalDigits(bool isNegative, string digits, int exponent) => (IsNegative, _digits, _exponent) = (isNegative, digits, exponent);

    /// <summary>Whether it is below zero.</summary>
    public bool IsNegative { get; }

    /// <summary>Whether it has no fraction.</summary>
    public bool IsWhole => _exponent >= 0;

    /// <summary>Digits of a whole number.</summary>
    public int Length => _digits.Length + _exponent;

    /// <summary>Reads a sign, digits, perhaps with a point, and perhaps an exponent; false for any other text and for digits behind a leading zero.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out DecimalDigits number)
    {
        number = default;
        var isNegative = text is ['-', ..];
        var rest = text is ['-' or '+', ..] ? text[1..] : text;
        var whole = LeadingDigits(rest);
        rest = rest[whole.Length..];
        var fraction = rest is ['.', ..] ? LeadingDigits(rest[1..]) : [];
        rest = rest is ['.', ..] ? rest[(1 + fraction.Length)..] : rest;
        if (whole.Length + fraction.Length == 0 || (whole.Length > 1 && whole[0] == '0') || !TryTakeExponent(rest, out var exponent))
            return false;

        var significant = string.Concat(whole, fraction).TrimStart('0');
        var digits = significant.TrimEnd('0');
        exponent += significant.Length - digits.Length - fraction.Length;
        number = digits.Length == 0 ? new(false, "0", 0) : new(isNegative, digits, exponent);
        return true;
    }

    /// <summary>A whole number's plain notation.</summary>
    public string ToWhole() => (IsNegative ? "-" : "") + _digits + new string('0', _exponent);

    private static ReadOnlySpan<char> LeadingDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }

    private static bool TryTakeExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
            return true;
        if (text is not ['e' or 'E', .. var power])
            return false;

        var digits = power is ['-' or '+', ..] ? power[1..] : power;
        if (digits.IsEmpty || LeadingDigits(digits).Length < digits.Length)
            return false;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out exponent) || exponent > MostExponent)
            exponent = MostExponent; // far beyond any range
        exponent = power[0] == '-' ? -exponent : exponent;
        return true;
    }
}
