using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Monitor.Requests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Analyses;

/// <summary>Reads lists of values from a request. Null is a missing value everywhere.</summary>
internal static class SampleReader
{
    /// <summary>Whether every value is a number or missing.</summary>
    public static bool IsNumerical(JsonElement list) => list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number or JsonValueKind.Null);

    /// <summary>Whether every value is a text or missing.</summary>
    public static bool AreTexts(JsonElement list) => list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Null);

    /// <summary>
    /// Numbers; NaN for null and the texts that stand for a missing number. "Infinity" and "-Infinity" are understood, since JSON has no
    /// other way.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="field">Its name, for messages.</param>
    /// <param name="errors">Where they go.</param>
    public static double[] Numbers(JsonElement list, string field, FieldErrors errors) =>
        Array.ConvertAll(ExactNumbers(list, field, errors), number => number.High);

    /// <summary>The same to the last digit of a whole number.</summary>
    public static ExactNumber[] ExactNumbers(JsonElement list, string field, FieldErrors errors)
    {
        if (!IsList(list, field, errors))
            return [];

        var values = new ExactNumber[list.GetArrayLength()];
        var at = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (!TryNumber(item, out values[at]))
                errors.Add($"{field}[{at}]", "A number or null is needed.");
            at++;
        }

        return values;
    }

    /// <summary>The same, sorted.</summary>
    public static NumericalSample Sample(JsonElement list, string field, FieldErrors errors)
    {
        var numbers = ExactNumbers(list, field, errors);
        var rests = Array.Exists(numbers, number => number.Rest != 0) ? Array.ConvertAll(numbers, number => number.Rest) : [];
        return new(Array.ConvertAll(numbers, number => number.High), rests);
    }

    /// <summary>Texts; a number or boolean stands for its notation, null for null.</summary>
    public static string?[] Texts(JsonElement list, string field, FieldErrors errors)
    {
        if (!IsList(list, field, errors))
            return [];

        var values = new string?[list.GetArrayLength()];
        var at = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (!Scalar.TryRead(item, out values[at]))
                errors.Add($"{field}[{at}]", "A text, a number, a boolean or null is needed.");
            at++;
        }

        return values;
    }

    private static Int128? Whole(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Number)
            return null;
        if (item.TryGetInt64(out var whole))
            return whole;
        return item.TryGetUInt64(out var large) ? large : null;
    }

    private static bool TryNumber(JsonElement item, out ExactNumber value)
    {
        value = item.ValueKind switch
        {
            JsonValueKind.Number => Whole(item) is { } whole ? ExactNumber.Of(whole) : item.GetDouble(),
            JsonValueKind.String when item.ValueEquals("Infinity") => double.PositiveInfinity,
            JsonValueKind.String when item.ValueEquals("-Infinity") => double.NegativeInfinity,
            _ => double.NaN,
        };
        return !double.IsNaN(value.High) || item.ValueKind == JsonValueKind.Null || IsMissingText(item);
    }

    private static bool IsMissingText(JsonElement item) =>
        item.ValueKind == JsonValueKind.String && Scalar.TryRead(item, out var text) && MissingValue.IsMissing(text);

    private static bool IsList(JsonElement list, string field, FieldErrors errors)
    {
        if (list.ValueKind == JsonValueKind.Array)
            return true;

        errors.Add(field, list.ValueKind == JsonValueKind.Undefined ? "Is needed." : "A list is needed.");
        return false;
    }
}
