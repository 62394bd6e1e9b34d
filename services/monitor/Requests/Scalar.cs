using System.Globalization;
using System.Text.Json;

namespace Platform.Monitor.Requests;

/// <summary>Reads a class, a group or a label, which callers give as a text, a number or a boolean.</summary>
internal static class Scalar
{
    /// <summary>The text of one scalar; numbers in one notation, so that 1 and 1.0 are the same class.</summary>
    public static bool TryRead(JsonElement item, out string? text)
    {
        text = item.ValueKind switch
        {
            JsonValueKind.String => WellFormed(item),
            JsonValueKind.Number => item.GetDouble().ToString("R", CultureInfo.InvariantCulture),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
        return text is not null || item.ValueKind == JsonValueKind.Null;
    }

    // An escape such as \ud800 alone is JSON, but no text.
    private static string? WellFormed(JsonElement item)
    {
        try
        {
            return item.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
