using Platform.Hosting.Values;

namespace Platform.Monitor.Analyses;

/// <summary>
/// Names that stand in a request without a list of them: 1, 1.0, "1" and true are one name, by the normal form of <see cref="ScalarText"/>.
/// Where all lists spell every name alike, it keeps that spelling.
/// </summary>
internal static class Notation
{
    /// <summary>Writes every name in its normal form, if one of them is spelt in two ways or booleans stand beside numbers.</summary>
    public static void Unify(params ReadOnlySpan<string?[]> lists)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            foreach (var name in list)
            {
                if (name is not null && !seen.ContainsKey(name))
                    seen.Add(name, ScalarText.Normalise(name));
            }
        }

        if (!IsMixed(seen))
            return;
        foreach (var list in lists)
            Rewrite(list, name => seen[name]);
    }

    /// <summary>Writes every name in another way; what is missing stays so.</summary>
    public static void Rewrite(string?[] names, Func<string, string?> name)
    {
        for (var row = 0; row < names.Length; row++)
            names[row] = names[row] is { } text ? name(text) : null;
    }

    /// <summary>The one of some names that is spelt like this or has the same normal form; null without one.</summary>
    public static string? Among(IReadOnlyCollection<string> names, string name) =>
        names.Contains(name) ? name : names.FirstOrDefault(other => ScalarText.Normalise(other) == ScalarText.Normalise(name));

    private static bool IsMixed(Dictionary<string, string> seen)
    {
        if (seen.Values.Distinct().Count() < seen.Count)
            return true;
        return seen.Keys.Any(ScalarText.IsBoolean) && seen.Keys.Any(name => ScalarText.TryNormaliseNumber(name, out _));
    }
}
