using Platform.Statistics.Samples;

namespace Platform.Monitor.Features;

/// <summary>What a row of a tensor looks like as a whole. The extremes are NaN where only a part of the row is known.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Population standard deviation.</param>
/// <param name="Min">Smallest element.</param>
/// <param name="Max">Largest element.</param>
/// <param name="Zeros">Share of elements that are zero.</param>
internal readonly record struct RowSummary(double Mean, double Std, ExactNumber Min, ExactNumber Max, double Zeros)
{
    /// <summary>The summary of at least one element, as inference writes it: in double, less the first element, then as precise as the elements.</summary>
    /// <param name="elements">The elements that are known.</param>
    /// <param name="isComplete">Whether they are the whole row.</param>
    /// <param name="datatype">The tensor's.</param>
    public static RowSummary Of(ReadOnlySpan<ExactNumber> elements, bool isComplete, string datatype)
    {
        var pivot = Exact(elements[0], datatype);
        var (sum, zeros, least, most) = (0.0, 0, elements[0], elements[0]);
        foreach (var element in elements)
        {
            sum += Exact(element, datatype).Less(pivot);
            zeros += element.High == 0 ? 1 : 0;
            least = element.CompareTo(least) < 0 ? element : least;
            most = element.CompareTo(most) > 0 ? element : most;
        }

        var offset = sum / elements.Length;
        if (double.IsNaN(sum))
            (least, most) = (double.NaN, double.NaN);
        return new(Round(pivot.High + (pivot.Rest + offset)), Round(Deviation(elements, pivot, offset, datatype)), isComplete ? least : double.NaN,
            isComplete ? most : double.NaN, Round(zeros / (double)elements.Length));

        double Round(double figure) => datatype == "FP32" ? Precision.AsLogged(figure, datatype) : figure;
    }

    private static ExactNumber Exact(ExactNumber logged, string datatype) => logged with { High = Precision.Exact(logged.High, datatype) };

    private static double Deviation(ReadOnlySpan<ExactNumber> elements, ExactNumber pivot, double offset, string datatype)
    {
        var squares = 0.0;
        foreach (var element in elements)
        {
            var difference = Exact(element, datatype).Less(pivot) - offset;
            squares += difference * difference;
        }

        return Math.Sqrt(squares / elements.Length);
    }
}
