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
        (Mean, SumOfSquares) = Moments(Sorted);
    }

    /// <summary>The finite values in ascending order.</summary>
    public Span<double> Sorted => _values.AsSpan(0, _count);

    /// <summary>How many finite values there are.</summary>
    public int Count => _count;

    public int Missing { get; }

    public int Infinite { get; }

    /// <summary>Arithmetic mean; NaN for an empty sample.</summary>
    public double Mean { get; }

    /// <summary>Sum of squared deviations from the mean; NaN for an empty sample.</summary>
    public double SumOfSquares { get; }

    /// <summary>Standard deviation with divisor n; NaN for an empty sample.</summary>
    public double PopulationDeviation => Math.Sqrt(SumOfSquares / Count);

    /// <summary>Variance with divisor n − 1; NaN or infinite below two values.</summary>
    public double SampleVariance => SumOfSquares / (Count - 1);

    // Two passes: the textbook one-pass formula loses every digit when the mean is large beside the spread.
    private static (double Mean, double SumOfSquares) Moments(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return (double.NaN, double.NaN);

        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        var mean = sum / values.Length;

        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return (mean, squares);
    }
}
