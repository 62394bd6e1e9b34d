using Microsoft.Net.Http.Headers;

namespace Platform.Explainer.Wording;

/// <summary>The languages in which explanations are told.</summary>
internal static class Languages
{
    private static readonly EnglishWording English = new();

    private static readonly IReadOnlyDictionary<string, IWording> ByTag =
        new IWording[] { English, new ChineseWording() }.ToDictionary(wording => wording.Language, StringComparer.OrdinalIgnoreCase);

    /// <summary>Their tags, the first of which stands where nothing is asked for.</summary>
    public static IReadOnlyList<string> Tags { get; } = [.. ByTag.Keys];

    public static bool IsKnown(string tag) => ByTag.ContainsKey(tag);

    /// <summary>The language asked for by name, else the one that the caller likes best of those there are, else English.</summary>
    public static IWording Choose(string? tag, IList<StringWithQualityHeaderValue> accepted)
    {
        if (tag is not null) return ByTag[tag];
        return accepted.Where(language => language.Quality is not 0).OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Primary(language.Value.ToString()))
            .Select(primary => ByTag.GetValueOrDefault(primary)).FirstOrDefault(wording => wording is not null) ?? English;
    }

    private static string Primary(string tag) => tag.Split('-')[0];
}
