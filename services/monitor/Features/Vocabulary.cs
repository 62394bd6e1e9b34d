namespace Platform.Monitor.Features;

/// <summary>The words of the reference texts, with the number of texts that each occurs in; case does not matter.</summary>
internal sealed class Vocabulary
{
    // Beyond this many words a rare one more tells nothing; it counts as unseen in reference and traffic alike.
    private const int MostWords = 200_000;

    // Texts of a reference often come in groups (a mail and its answers, poems of one author) that traffic has no share in, so
    // one other text is not enough to make a word known: one in twenty is, and of a large reference twenty texts.
    private const int FewestTexts = 2;
    private const int EnoughTexts = 20;
    private const double KnownShare = 0.05;

    private readonly Dictionary<string, int> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly HashSet<string> _ofThisText = new(StringComparer.OrdinalIgnoreCase);
    private int _learned;

    public Vocabulary() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Learns the words of a reference text.</summary>
    public void Learn(string text)
    {
        _learned++;
        _ofThisText.Clear();
        var seen = _ofThisText.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in new Words(text))
        {
            if (!seen.Add(word))
                continue;
            if (_lookup.TryGetValue(word, out var texts))
                _lookup[word] = texts + 1;
            else if (_texts.Count < MostWords)
                _lookup[word] = 1;
        }
    }

    /// <summary>The number of words, and the share of them that the reference hardly knows; NaN without words.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="isOfVocabulary">
    /// Whether the vocabulary was learned from this text too: then its own occurrence does not make a word known, or else any
    /// other text would look different from the reference.
    /// </param>
    public (double Words, double UnseenShare) Measure(string text, bool isOfVocabulary)
    {
        var needed = Math.Clamp((int)Math.Ceiling(KnownShare * _learned), FewestTexts, EnoughTexts) + (isOfVocabulary ? 1 : 0);
        var (words, unseen) = (0, 0);
        foreach (var word in new Words(text))
        {
            words++;
            if (!_lookup.TryGetValue(word, out var texts) || texts < needed)
                unseen++;
        }

        return (words, unseen / (double)words);
    }
}
