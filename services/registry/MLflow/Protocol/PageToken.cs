using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Registry.MLflow.Protocol;

/// <summary>Where the next page begins, as MLflow writes it: <c>{"offset": n}</c> in base64.</summary>
internal static class PageToken
{
    public static string Of(int offset) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"offset\": {offset.ToString(CultureInfo.InvariantCulture)}}}"));

    public static int OffsetOf(string? token)
    {
        if (string.IsNullOrEmpty(token)) return 0;
        var text = Decode(token);
        try
        {
            if (MLflowJson.Parse(text).Member("offset") is JsonValue value && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
                return offset;
        }
        catch (JsonException)
        {
            // Answered below.
        }

        throw MLflowException.Invalid($"Invalid page token, decoded value={text}");
    }

    /// <summary>The page of a list that begins where the token says, and the token of the next one.</summary>
    public static (IReadOnlyList<T> Items, string? Next) Page<T>(IReadOnlyList<T> all, string? token, int size)
    {
        var offset = Math.Min(OffsetOf(token), all.Count);
        var taken = Math.Min(size, all.Count - offset);
        return ([.. all.Skip(offset).Take(taken)], offset + taken < all.Count ? Of(offset + taken) : null);
    }

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw MLflowException.Invalid("Invalid page token, could not base64-decode");
        }
    }
}
