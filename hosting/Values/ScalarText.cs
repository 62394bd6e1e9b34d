using System.Globalization;
using System.Text.Json;

namespace Platform.Hosting.Values;

/// <summary>
/// The one notation of a scalar, so that a class, a label and an answer that mean the same are the same text: 1, 1.0, 1e0 and true
/// are all "1". Whole numbers of up to twenty digits, which are all that a tensor can hold, never pass through a double.
/// </summary>
public static class ScalarText
{
    private const int MostWholeDigits = 20;
    private const int MostInt128Digits = 38;
    private const double LargestWhole = 1e20;

    /// <summary>
    /// The normal form of a text: of a number its plain notation, of true and false (in any case) 1 and 0, of anything else the
    /// text itself. Digits behind a zero, as in 007, are a code and no number.
    /// </summary>
    public static string Normalise(string text) => text switch
    {
        _ when IsTrue(text) => "1",
        _ when IsFalse(text) => "0",
        _ => TryNormaliseNumber(text, out var normal) ? normal : text,
    };

    /// <summary>Whether the text is true or false, in any case: Python writes True.</summary>
    public static bool IsBoolean(string text) => IsTrue(text) || IsFalse(text);

    /// <summary>Whether the text is true, in any case.</summary>
    public static bool IsTrue(string text) => text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The normal form of a finite number; false for what is none.</summary>
    public static bool TryNormaliseNumber(string text, out string normal)
    {
        normal = "";
        if (!DecimalDigits.TryRead(text.AsSpan().Trim(), out var number))
            return false;
        if (number.IsWhole && number.Length <= MostWholeDigits)
        {
            normal = number.ToWhole();
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return false;
        normal = Of(value);
        return true;
    }

    /// <summary>
    /// A whole number in any notation, 3.0 and 3e0 included; false for a fraction and for what is no number. Beyond 38 digits it is
    /// the largest or the smallest of the type.
    /// </summary>
    public static bool TryReadWhole(ReadOnlySpan<char> text, out Int128 whole)
    {
        whole = 0;
        if (!DecimalDigits.TryRead(text.Trim(), out var number) || !number.IsWhole)
            return false;
        if (number.Length > MostInt128Digits)
            whole = number.IsNegative ? Int128.MinValue : Int128.MaxValue;
        else
            whole = Int128.Parse(number.ToWhole(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>The normal form of a number.</summary>
    public static string Of(double number) => double.IsInteger(number) && Math.Abs(number) < LargestWhole
        ? ((Int128)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The text of a JSON scalar, a number in its normal form; null for anything but a text, a number, true and false.</summary>
    public static string? Of(JsonElement scalar) => scalar.ValueKind switch
    {
        JsonValueKind.String => scalar.GetString(),
        JsonValueKind.Number => TryNormaliseNumber(scalar.GetRawText(), out var normal) ? normal : scalar.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static bool IsFalse(string text) => text.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);
}
