namespace Platform.Statistics.Samples;

/// <summary>
/// Mean and spread of a sample. All values are taken as differences from one of them, the pivot: a constant has a mean that is
/// the constant and no spread at all, and what lies close together far from zero keeps its digits.
/// </summary>
/// <param name="Count">How many values.</param>
/// <param name="Pivot">One of the values; NaN without values.</param>
/// <param name="Offset">Mean less pivot.</param>
/// <param name="SumOfSquares">Sum of squared deviations from the mean; NaN without values.</param>
public readonly record struct Moments(int Count, double Pivot, double Offset, double SumOfSquares)
{
    /// <summary>Arithmetic mean; NaN for an empty sample.</summary>
    public double Mean => Pivot + Offset;

    /// <summary>Standard deviation with divisor n; NaN for an empty sample.</summary>
    public double PopulationDeviation => Math.Sqrt(SumOfSquares / Count);

    /// <summary>Variance with divisor n − 1; NaN or infinite below two values.</summary>
    public double SampleVariance => SumOfSquares / (Count - 1);

    /// <summary>
    /// Of finite values in any order, in two passes: the mean by a sum that keeps what each addition rounds away (Neumaier 1974), so that it
    /// is right to the last digit, and the squares less what is left of the deviations (Chan, Golub and LeVeque 1983).
    /// </summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return new(0, double.NaN, 0, double.NaN);

        var pivot = values[values.Length / 2]; // of sorted values the median, which none is needlessly far from
        var offset = SumLess(values, pivot) / values.Length;
        var (rest, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            var deviation = value - pivot - offset;
            rest += deviation;
            squares += deviation * deviation;
        }

        return new(values.Length, pivot, offset, Math.Max(0, squares - rest * rest / values.Length));
    }

    /// <summary>Of numbers that a double may not tell apart: of how far they are from one in the middle.</summary>
    public static Moments Of(ExactNumber[] numbers)
    {
        if (numbers.Length == 0)
            return Of(ReadOnlySpan<double>.Empty);

        var pivot = numbers[numbers.Length / 2];
        var distances = Of(Array.ConvertAll(numbers, number => number.Less(pivot)));
        return distances with { Pivot = pivot.High, Offset = pivot.Rest + distances.Mean };
    }

    private static double SumLess(ReadOnlySpan<double> values, double pivot)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in values)
        {
            var term = value - pivot;
            var next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return double.IsFinite(lost) ? sum + lost : sum;
    }

    /// <summary>A mean that is known without a sample, and so has no spread.</summary>
    public static Moments Known(double mean) => new(0, mean, 0, 0);

    /// <summary>The mean less another's, without rounding either first: far from zero the difference can be smaller than their last digit.</summary>
    public double MeanLess(Moments other) => Pivot - other.Pivot + (Offset - other.Offset);
}
