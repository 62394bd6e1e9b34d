namespace Platform.Monitor.Features;

/// <summary>What a row of a tensor looks like as a whole. The extremes are NaN where only a part of the row is known.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Population standard deviation.</param>
/// <param name="Min">Smallest element.</param>
/// <param name="Max">Largest element.</param>
/// <param name="Zeros">Share of elements that are zero.</param>
internal readonly record struct RowSummary(double Mean, double Std, double Min, double Max, double Zeros)
{
    /// <summary>The summary of at least one element.</summary>
    /// <param name="elements">The elements that are known.</param>
    /// <param name="isComplete">Whether they are the whole row.</param>
    public static RowSummary Of(ReadOnlySpan<double> elements, bool isComplete)
    {
        var (sum, zeros, least, most) = (0.0, 0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var element in elements)
        {
            sum += element;
            zeros += element == 0 ? 1 : 0;
            least = Math.Min(least, element);
            most = Math.Max(most, element);
        }

        var mean = sum / elements.Length;
        return new(mean, Deviation(elements, mean), isComplete ? least : double.NaN, isComplete ? most : double.NaN,
            zeros / (double)elements.Length);
    }

    private static double Deviation(ReadOnlySpan<double> elements, double mean)
    {
        var squares = 0.0;
        foreach (var element in elements)
            squares += (element - mean) * (element - mean);
        return Math.Sqrt(squares / elements.Length);
    }
}
