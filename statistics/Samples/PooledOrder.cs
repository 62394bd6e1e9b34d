namespace Platform.Statistics.Samples;

/// <summary>
/// Walks two sorted samples together, one step per distinct value: the common ground of every rank and distance test.
/// Takes n + m comparisons and allocates nothing.
/// </summary>
public ref struct PooledOrder(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
{
    private readonly ReadOnlySpan<double> _reference = reference;
    private readonly ReadOnlySpan<double> _current = current;

    /// <summary>The value this step stands on.</summary>
    public double Value { get; private set; }

    /// <summary>How many reference values lie before this step.</summary>
    public int ReferenceBefore { get; private set; }

    /// <summary>How many current values lie before this step.</summary>
    public int CurrentBefore { get; private set; }

    /// <summary>How many reference values lie at or before this step.</summary>
    public int ReferenceThrough { get; private set; }

    /// <summary>How many current values lie at or before this step.</summary>
    public int CurrentThrough { get; private set; }

    public readonly int ReferenceTies => ReferenceThrough - ReferenceBefore;

    public readonly int CurrentTies => CurrentThrough - CurrentBefore;

    /// <summary>How many pooled values lie before this step.</summary>
    public readonly long Before => (long)ReferenceBefore + CurrentBefore;

    /// <summary>How many pooled values share this value.</summary>
    public readonly long Ties => (long)ReferenceTies + CurrentTies;

    /// <summary>Twice the rank that the tied values share; doubled so that it is a whole number.</summary>
    public readonly long TwiceMidrank => 2 * Before + Ties + 1;

    public bool MoveNext()
    {
        ReferenceBefore = ReferenceThrough;
        CurrentBefore = CurrentThrough;
        var i = ReferenceThrough;
        var j = CurrentThrough;
        if (i == _reference.Length && j == _current.Length)
            return false;

        Value = Smaller(i, j);
        while (i < _reference.Length && _reference[i] == Value)
            i++;
        while (j < _current.Length && _current[j] == Value)
            j++;

        ReferenceThrough = i;
        CurrentThrough = j;
        return true;
    }

    private readonly double Smaller(int i, int j)
    {
        if (i == _reference.Length)
            return _current[j];
        return j == _current.Length ? _reference[i] : Math.Min(_reference[i], _current[j]);
    }
}
