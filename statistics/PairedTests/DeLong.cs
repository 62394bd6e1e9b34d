using MathNet.Numerics;
using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.PairedTests;

/// <summary>
/// Compares the areas under two ROC curves of the same rows (DeLong, DeLong and Clarke-Pearson 1988).
/// </summary>
public static class DeLong
{
    /// <param name="labels">Whether each row is truly positive; at least two rows of either class.</param>
    /// <param name="first">The first model's scores; as many.</param>
    /// <param name="second">The second model's; as many.</param>
    /// <param name="margin">How much smaller the first area may be.</param>
    /// <param name="confidence">Of the lower bound, 0.5 to 1.</param>
    /// <returns>NaN throughout with fewer rows of a class.</returns>
    public static PairedComparison Compare(bool[] labels, double[] first, double[] second, double margin, double confidence)
    {
        var (difference, error) = Measure(labels, first, second);
        var quantile = Math.Sqrt(2) * SpecialFunctions.ErfInv(2 * confidence - 1);
        return new("delong", difference, difference - quantile * error, PValue(difference + margin, error));
    }

    private static double PValue(double excess, double error) =>
        error == 0 ? (excess == 0 ? 0.5 : excess > 0 ? 0 : 1) : Tail.AboveNormal(excess / error);

    private static (double Difference, double Error) Measure(bool[] labels, double[] first, double[] second)
    {
        var (one, other) = (Placements.Of(labels, first), Placements.Of(labels, second));
        var ofPositives = Less(one.OfPositives, other.OfPositives);
        var ofNegatives = Less(one.OfNegatives, other.OfNegatives);
        if (ofPositives.Length < 2 || ofNegatives.Length < 2)
            return (double.NaN, double.NaN);
        return (ofPositives.Average(), Math.Sqrt(Variance(ofPositives) / ofPositives.Length + Variance(ofNegatives) / ofNegatives.Length));
    }

    private static double[] Less(double[] one, double[] other) => [.. one.Zip(other, (left, right) => left - right)];

    private static double Variance(double[] values) => Moments.Of(values).SampleVariance;
}
