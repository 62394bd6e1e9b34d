using System.Globalization;
using System.Text;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>The indexed fields of a document in one column: each name and value behind its length, as <c>5:model6:credit</c>.</summary>
internal static class SqliteFields
{
    public static byte[] Write(IReadOnlyDictionary<string, string> fields)
    {
        var text = new StringBuilder();
        foreach (var (field, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{field.Length}:{field}{value.Length}:{value}");
        return SqliteText.Of(text.ToString());
    }

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static IReadOnlyDictionary<string, string> Read(byte[] fields)
    {
        var found = new Dictionary<string, string>();
        ReadOnlySpan<char> rest = SqliteText.Restore(fields);
        while (!rest.IsEmpty)
        {
            var field = Next(ref rest);
            found[field] = Next(ref rest);
        }
        return found;
    }

    private static string Next(ref ReadOnlySpan<char> rest)
    {
        var colon = rest.IndexOf(':');
        var length = int.Parse(rest[..colon], CultureInfo.InvariantCulture);
        var text = rest.Slice(colon + 1, length).ToString();
        rest = rest[(colon + 1 + length)..];
        return text;
    }
}
