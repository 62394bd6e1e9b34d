namespace Platform.Explainer.Rows;

/// <summary>
/// Numbers for strings and for whole numbers that no double can hold, so that a row of any datatypes is a row of doubles to the
/// attribution methods, which tell cells apart and do not reckon with them. May be read by many threads at once, but not while it grows.
/// </summary>
internal sealed class CellVocabulary
{
    // Whole numbers up to here are their own codes; those beyond get codes that lie apart from them and are doubles, too.
    private const double LargestExact = 1L << 53;
    private const double FirstCode = 1L << 54;
    private const double CodeStep = 4;

    private readonly Dictionary<Int128, double> _wholeCodes = [];
    private readonly List<Int128> _wholes = [];
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

    /// <summary>The number that stands for a whole number: itself where a double holds it.</summary>
    public double Code(Int128 whole)
    {
        if (Int128.Abs(whole) <= (Int128)LargestExact)
            return (double)whole;
        if (_wholeCodes.TryGetValue(whole, out var known))
            return known;
        _wholes.Add(whole);
        return _wholeCodes[whole] = FirstCode + (CodeStep * (_wholes.Count - 1));
    }

    /// <summary>The whole number of a number that <see cref="Code(Int128)"/> gave.</summary>
    public Int128 Whole(double code) => code < FirstCode ? (Int128)code : _wholes[(int)((code - FirstCode) / CodeStep)];

    /// <summary>The string of a number that <see cref="Code(string)"/> gave.</summary>
    public string Text(double code) => _texts[(int)code];
}
