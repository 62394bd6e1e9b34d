namespace Platform.Statistics.Samples;

/// <summary>
/// One sample of a numerical feature, sorted once so that every test reads the same order.
/// NaN counts as missing; infinities are counted apart; neither takes part in any test.
/// </summary>
public sealed class NumericalSample
{
    /// <summary>2^53: beyond, a double does not tell every whole number from the next.</summary>
    public const double MostExact = 9_007_199_254_740_992;

    private readonly double[] _values;
    private readonly ExactNumber[]? _wide;
    private readonly int _count;

    /// <param name="values">The numbers, or the doubles nearest to them.</param>
    /// <param name="rests">What those round away of each; nothing where they do not.</param>
    public NumericalSample(ReadOnlySpan<double> values, ReadOnlySpan<double> rests = default)
    {
        _values = new double[values.Length];
        foreach (var value in values)
        {
            if (double.IsFinite(value))
                _values[_count++] = value;
            else if (double.IsNaN(value))
                Missing++;
            else
                Infinite++;
        }

        Sorted.Sort();
        _wide = rests.IsEmpty ? null : Sort(values, rests, _count);
        Moments = _wide is null ? Moments.Of(Sorted) : Moments.Of(_wide);
    }

    private NumericalSample(double[] sorted, int missing, int infinite)
    {
        (_values, _count, Missing, Infinite) = (sorted, sorted.Length, missing, infinite);
        Moments = Moments.Of(sorted);
    }

    /// <summary>The finite values in ascending order.</summary>
    public Span<double> Sorted => _values.AsSpan(0, _count);

    /// <summary>Whether it holds a whole number that no double is.</summary>
    public bool IsWide => _wide is not null;

    /// <summary>How many finite values there are.</summary>
    public int Count => _count;

    public int Missing { get; }

    public int Infinite { get; }

    /// <summary>Mean and spread of the finite values.</summary>
    public Moments Moments { get; }

    /// <inheritdoc cref="Moments.Mean"/>
    public double Mean => Moments.Mean;

    /// <inheritdoc cref="Moments.SumOfSquares"/>
    public double SumOfSquares => Moments.SumOfSquares;

    /// <inheritdoc cref="Moments.PopulationDeviation"/>
    public double PopulationDeviation => Moments.PopulationDeviation;

    /// <inheritdoc cref="Moments.SampleVariance"/>
    public double SampleVariance => Moments.SampleVariance;

    /// <summary>A finite value by its rank, to its last digit.</summary>
    public ExactNumber this[int rank] => _wide?[rank] ?? _values[rank];

    /// <summary>The same sample with other values, in the same order.</summary>
    public NumericalSample At(double[] sorted) => new(sorted, Missing, Infinite);

    private static ExactNumber[] Sort(ReadOnlySpan<double> values, ReadOnlySpan<double> rests, int count)
    {
        var (sorted, at) = (new ExactNumber[count], 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                sorted[at++] = new(values[i], rests[i]);
        }

        Array.Sort(sorted);
        return sorted;
    }
}
