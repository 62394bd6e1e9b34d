namespace Platform.Explainer.Pictures;

/// <summary>From numbers to x: the least of them at the left end, the largest at the right one.</summary>
/// <param name="Left">The left end, in pixels.</param>
/// <param name="Right">The right end, in pixels.</param>
/// <param name="Least">The number at the left end.</param>
/// <param name="Most">The number at the right end.</param>
internal readonly record struct Scale(double Left, double Right, double Least, double Most)
{
    public static Scale Of(double left, double right, IEnumerable<double> numbers)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var number in numbers) (least, most) = (Math.Min(least, number), Math.Max(most, number));
        return new Scale(left, right, least, most);
    }

    /// <summary>Where a number lies; the middle where all are equal.</summary>
    public double X(double number) => Most > Least ? Left + ((number - Least) / (Most - Least) * (Right - Left)) : (Left + Right) / 2;
}
