namespace Platform.Registry.MLflow.Search;

/// <summary>SQL's LIKE: % stands for any text, _ for any character. It takes at most as many steps as the product of the two lengths.</summary>
internal static class LikePattern
{
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, bool ignoreCase)
    {
        var (at, inPattern, afterWildcard, retryAt) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (inPattern < pattern.Length && pattern[inPattern] == '%') (afterWildcard, retryAt) = (++inPattern, at);
            else if (inPattern < pattern.Length && (pattern[inPattern] == '_' || Same(text[at], pattern[inPattern], ignoreCase))) (at, inPattern) = (at + 1, inPattern + 1);
            else if (afterWildcard >= 0) (at, inPattern) = (++retryAt, afterWildcard);
            else return false;
        }

        return pattern[inPattern..].TrimStart('%').Length == 0;
    }

    private static bool Same(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
