namespace Platform.Registry.Models;

internal static class TagSet
{
    /// <summary>The tags with one set or, where <paramref name="value"/> is null, removed.</summary>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string>? tags, string key, string? value)
    {
        var changed = new SortedDictionary<string, string>((tags ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal);
        changed.Remove(key);
        if (value is not null) changed[key] = value;
        return changed;
    }
}
