using MathNet.Numerics;

namespace Platform.Statistics.Distributions;

/// <summary>
/// How many of m rows are of a kind whose probability is itself known from a sample only, and so has a beta distribution with the
/// parameters a and b.
/// </summary>
public static class BetaBinomial
{
    /// <summary>The probability of at least that many; 1 where the parameters allow of any number, and so for none.</summary>
    /// <param name="count">Rows of the kind.</param>
    /// <param name="trials">All rows.</param>
    /// <param name="a">Above 0, else the kind does not exist.</param>
    /// <param name="b">Above 0, else there is no other kind.</param>
    public static double Upper(int count, int trials, double a, double b)
    {
        if (count <= 0 || b <= 0)
            return 1;
        if (a <= 0)
            return 0;

        var others = trials - count;
        var term = Math.Exp(SpecialFunctions.BinomialLn(trials, count) + SpecialFunctions.BetaLn(count + a, others + b) - SpecialFunctions.BetaLn(a, b));
        var sum = 0.0;
        for (double at = count; at <= trials; at++)
        {
            sum += term;
            term *= (trials - at) / (at + 1) * (at + a) / (trials - at - 1 + b);
        }

        return Math.Min(1, sum);
    }
}
