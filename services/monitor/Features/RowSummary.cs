namespace Platform.Monitor.Features;

/// <summary>What a row of a tensor looks like as a whole. The extremes are NaN where only a part of the row is known.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Population standard deviation.</param>
/// <param name="Min">Smallest element.</param>
/// <param name="Max">Largest element.</param>
/// <param name="Zeros">Share of elements that are zero.</param>
internal readonly record struct RowSummary(double Mean, double Std, double Min, double Max, double Zeros)
{
    /// <summary>The summary of at least one element, as inference writes it: in double, less the first element, then as precise as the elements.</summary>
    /// <param name="elements">The elements that are known.</param>
    /// <param name="isComplete">Whether they are the whole row.</param>
    /// <param name="datatype">The tensor's.</param>
    public static RowSummary Of(ReadOnlySpan<double> elements, bool isComplete, string datatype)
    {
        var pivot = Precision.Exact(elements[0], datatype);
        var (sum, zeros, least, most) = (0.0, 0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var element in elements)
        {
            sum += Precision.Exact(element, datatype) - pivot;
            zeros += element == 0 ? 1 : 0;
            least = Math.Min(least, element);
            most = Math.Max(most, element);
        }

        var offset = sum / elements.Length;
        return new(Round(pivot + offset), Round(Deviation(elements, pivot, offset, datatype)), isComplete ? least : double.NaN,
            isComplete ? most : double.NaN, Round(zeros / (double)elements.Length));

        double Round(double figure) => datatype == "FP32" ? Precision.AsLogged(figure, datatype) : figure;
    }

    private static double Deviation(ReadOnlySpan<double> elements, double pivot, double offset, string datatype)
    {
        var squares = 0.0;
        foreach (var element in elements)
        {
            var difference = Precision.Exact(element, datatype) - pivot - offset;
            squares += difference * difference;
        }

        return Math.Sqrt(squares / elements.Length);
    }
}
