namespace Platform.Explainer.Rows;

/// <summary>
/// Numbers for strings, so that a row of any datatypes is a row of doubles to the attribution methods.
/// May be read by many threads at once, but not while it grows.
/// </summary>
internal sealed class CellVocabulary
{
    private readonly Dictionary<string, int> _codes = [];
    private readonly List<string> _texts = [];

    /// <summary>The number of a string, a new one for a string not seen before.</summary>
    public double Code(string text)
    {
        if (_codes.TryGetValue(text, out var known))
            return known;
        _texts.Add(text);
        return _codes[text] = _texts.Count - 1;
    }

    /// <summary>The string of a number that <see cref="Code"/> gave.</summary>
    public string Text(double code) => _texts[(int)code];
}
