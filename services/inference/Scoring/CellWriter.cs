using System.Globalization;
using System.Text.Json;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>Writes a cell of a file as JSON.</summary>
internal static class CellWriter
{
    public static void Write(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case null: json.WriteNullValue(); break;
            case JsonElement value: value.WriteTo(json); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case long number: json.WriteNumberValue(number); break;
            case ulong number: json.WriteNumberValue(number); break;
            case float number: Write(json, number, float.IsFinite(number)); break;
            case double number: Write(json, number, double.IsFinite(number)); break;
            case decimal number: json.WriteNumberValue(number); break;
            case var other when other == FileRow.Absent: json.WriteNullValue(); break;
            default: json.WriteStringValue(Convert.ToString(cell, CultureInfo.InvariantCulture)); break;
        }
    }

    /// <summary>Writes a text of a column of numbers: as the number that it is, or as the text.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string text)
    {
        if (IsJsonNumber(text.AsSpan().Trim())) json.WriteRawValue(text.AsSpan().Trim(), skipInputValidation: true);
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteStringValue(text);
    }

    /// <summary>Whether a text is a number as JSON writes them.</summary>
    public static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        var at = text is ['-', ..] ? 1 : 0;
        var whole = Digits(text, ref at);
        if (whole == 0 || (whole > 1 && text[at - whole] == '0')) return false;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (Digits(text, ref at) == 0) return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            if (Digits(text, ref at) == 0) return false;
        }

        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, ref int at)
    {
        var first = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - first;
    }

    /// <summary>JSON has no NaN: it is a missing value. Infinities go as texts, which no feature takes.</summary>
    private static void Write<T>(Utf8JsonWriter json, T number, bool isFinite) where T : IFormattable
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (isFinite) json.WriteRawValue(text, skipInputValidation: true);
        else if (text == "NaN") json.WriteNullValue();
        else json.WriteStringValue(text);
    }
}
