using System.Globalization;

namespace Platform.Hosting.Values;

/// <summary>An author's list of names, the classes of a model or the categories of a feature, and what a caller's text means by it.</summary>
public sealed class NameList
{
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _normal = new(StringComparer.Ordinal);
    private readonly bool _areWords;

    /// <param name="names">The names in their order.</param>
    public NameList(IReadOnlyList<string> names)
    {
        Names = names;
        for (var at = 0; at < names.Count; at++)
            _exact.TryAdd(names[at], at);
        foreach (var same in Enumerable.Range(0, names.Count).ToLookup(at => ScalarText.Normalise(names[at])).Where(same => same.Count() == 1))
            _normal[same.Key] = same.Single();
        _areWords = names.All(name => !ScalarText.IsBoolean(name) && !ScalarText.TryNormaliseNumber(name, out _));
    }

    /// <summary>The names in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Where the name is that a text means: the one that it spells, else the only one of the same normal form, so that 1 and 1.0 are one
    /// name, else, where no name is a number or a boolean, the one at the place that it counts to. Null where it means none.
    /// </summary>
    public int? Find(string text)
    {
        if (_exact.TryGetValue(text, out var at) || _normal.TryGetValue(ScalarText.Normalise(text), out at))
            return at;
        return _areWords && ScalarText.TryNormaliseNumber(text, out var number)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < Names.Count
            ? place
            : null;
    }

    /// <summary>Two names that mean the same, 1 and 1.0 say; null where all differ.</summary>
    public static (string, string)? FindTwins(IEnumerable<string> names)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.TryAdd(ScalarText.Normalise(name), name))
                return (seen[ScalarText.Normalise(name)], name);
        }

        return null;
    }
}
