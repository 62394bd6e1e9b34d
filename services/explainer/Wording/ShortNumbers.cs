using System.Globalization;

namespace Platform.Explainer.Wording;

/// <summary>Numbers as people write them down: three digits that count, a true minus sign, a dot.</summary>
internal static class ShortNumbers
{
    private const char Minus = '\u2212';

    /// <summary>For example 0.123, 12.3, 4520, 1.2e-5.</summary>
    public static string Short(double value)
    {
        if (!double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        var size = Math.Abs(value);
        var text = size is 0 or >= 1e-4 and < 1e7
            ? Math.Round(value, Decimals(size)).ToString("0.######", CultureInfo.InvariantCulture)
            : value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text.Replace('-', Minus);
    }

    /// <summary>A bound as it is, where that takes few digits; else to three.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture) is { Length: <= 10 } text && !text.Contains('E', StringComparison.Ordinal)
        ? text.Replace('-', Minus)
        : Short(value);

    /// <summary>The same with its sign: +0.123, −12.3; 0 has none.</summary>
    public static string Signed(double value) => value > 0 && Short(value) is not "0" and var text ? $"+{text}" : Short(value);

    private static int Decimals(double size) => size == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 6);
}
