using MathNet.Numerics;

namespace Platform.Statistics.Distributions;

/// <summary>The limit distribution of the Cramér-von Mises statistic (Csörgő and Faraway 1996, equation 1.3).</summary>
public static class CramerVonMisesDistribution
{
    // Below this the distribution function is under 1.3e-18.
    private const double Smallest = 0.003;

    // The series ends where SciPy ends it, so that p-values agree: they are good to about 1e-7 absolute, not relative.
    private const double SmallestTerm = 1e-7;

    /// <summary>The probability that the statistic exceeds <paramref name="x"/>, a finite number.</summary>
    public static double Upper(double x)
    {
        if (x < Smallest)
            return 1;

        var sum = 0.0;
        for (var k = 0; ; k++)
        {
            var term = Term(x, k);
            sum += term;
            if (!(term >= SmallestTerm))
                return Math.Max(0, 1 - sum);
        }
    }

    private static double Term(double x, int k)
    {
        var y = 4 * k + 1;
        var q = y * (double)y / (16 * x);
        var gammas = Math.Exp(SpecialFunctions.GammaLn(k + 0.5) - SpecialFunctions.GammaLn(k + 1));
        return gammas / (Math.Pow(Math.PI, 1.5) * Math.Sqrt(x)) * Math.Sqrt(y) * Math.Exp(-q) * SpecialFunctions.BesselK(0.25, q);
    }
}
