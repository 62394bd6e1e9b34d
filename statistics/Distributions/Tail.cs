using MathNet.Numerics;
using Platform.Statistics.DriftTests;

namespace Platform.Statistics.Distributions;

/// <summary>Tail probabilities of the standard distributions, computed as tails so that small ones keep their digits.</summary>
public static class Tail
{
    /// <summary>The probability that a standard normal variable exceeds |z| in either direction.</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The probability that a standard normal variable exceeds z.</summary>
    public static double AboveNormal(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;

    /// <summary>The probability that Student's t exceeds |t| in either direction.</summary>
    /// <param name="t">The statistic; infinity is allowed.</param>
    /// <param name="degrees">Degrees of freedom, above 0, not necessarily whole.</param>
    public static double StudentT(double t, double degrees) =>
        double.IsInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(degrees / 2, 0.5, degrees / (degrees + t * t));

    /// <summary>The probability that a chi-square variable exceeds <paramref name="x"/>; 1 without degrees of freedom.</summary>
    public static double ChiSquare(double x, int degrees) =>
        degrees == 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2);
}
