using System.Text.Json;
using Platform.Hosting.Values;

namespace Platform.Monitor.Requests;

/// <summary>Reads a class, a group or a label, which callers give as a text, a number or a boolean.</summary>
internal static class Scalar
{
    /// <summary>
    /// The text of one scalar; numbers in one notation, so that 1 and 1.0 are the same class, and null for what is missing: null and
    /// the empty text.
    /// </summary>
    public static bool TryRead(JsonElement item, out string? text)
    {
        text = WellFormed(item);
        var isRead = text is not null || item.ValueKind == JsonValueKind.Null;
        if (MissingValue.IsEmpty(text))
            text = null;
        return isRead;
    }

    // An escape such as \ud800 alone is JSON, but no text.
    private static string? WellFormed(JsonElement item)
    {
        try
        {
            return ScalarText.Of(item);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
