using System.Globalization;
using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>Writes a cell of a file as JSON.</summary>
internal static class CellWriter
{
    public static void Write(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case JsonElement value: value.WriteTo(json); break;
            case string text: json.WriteStringValue(text); break;
            default: json.WriteNullValue(); break; // missing, or absent
        }
    }

    /// <summary>Writes a cell of a feature of numbers or booleans as the model has read it, so that the result's column can hold it: 1e3 as 1000.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="datatype">The datatype of the result's column.</param>
    public static void WriteFeature(Utf8JsonWriter json, object? cell, string datatype)
    {
        if (cell is string text) WriteFeature(json, text, datatype);
        else if (cell is JsonElement { ValueKind: JsonValueKind.Number } number && IsWhole(datatype)) WriteWhole(json, number.GetRawText());
        else Write(json, cell);
    }

    private static void WriteFeature(Utf8JsonWriter json, string text, string datatype)
    {
        if (datatype == "BOOL" && ScalarText.IsBoolean(text)) json.WriteBooleanValue(ScalarText.IsTrue(text));
        else if (!PlainNumber.TryRead(text, out var number)) json.WriteStringValue(text);
        else if (IsWhole(datatype)) WriteWhole(json, number);
        else json.WriteRawValue(number, skipInputValidation: true);
    }

    private static bool IsWhole(string datatype) => datatype is "INT64" or "UINT64";

    private static void WriteWhole(Utf8JsonWriter json, string number) => json.WriteRawValue(
        ScalarText.TryReadWhole(number, out var whole) && whole >= long.MinValue && whole <= ulong.MaxValue ? whole.ToString(CultureInfo.InvariantCulture) : number,
        skipInputValidation: true);
}
