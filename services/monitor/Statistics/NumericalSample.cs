namespace Platform.Monitor.Statistics;

/// <summary>
/// One sample of a numerical feature, sorted once so that every test reads the same order.
/// NaN counts as missing; infinities are counted apart; neither takes part in any test.
/// </summary>
internal sealed class NumericalSample
{
    private readonly double[] _values;
    private readonly int _count;

    public NumericalSample(ReadOnlySpan<double> values)
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
        Moments = Moments.Of(Sorted);
    }

    /// <summary>The finite values in ascending order.</summary>
    public Span<double> Sorted => _values.AsSpan(0, _count);

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
}
