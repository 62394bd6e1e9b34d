namespace Platform.Explainer.Games;

/// <summary>A contiguous piece of a text, in UTF-16 code units.</summary>
internal readonly record struct TextSegment(int Start, int Length)
{
    private const int LongestLabel = 80;

    /// <summary>The segment as a feature name: trimmed, line breaks folded, shortened in the middle where it is long.</summary>
    public string Label(string text)
    {
        var label = string.Join(' ', text.Substring(Start, Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return label.Length <= LongestLabel ? label : Shorten(label);
    }

    private static string Shorten(string label)
    {
        var half = LongestLabel / 2 - 1;
        var head = char.IsHighSurrogate(label[half - 1]) ? half - 1 : half;
        var tail = char.IsLowSurrogate(label[^half]) ? half - 1 : half;
        return string.Concat(label.AsSpan(0, head), " … ", label.AsSpan(label.Length - tail));
    }
}
