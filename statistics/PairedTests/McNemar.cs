using MathNet.Numerics;

namespace Platform.Statistics.PairedTests;

/// <summary>
/// Whether two models are right equally often, from the rows on which one of them alone is right: McNemar's test with the exact distribution
/// and its mid-p correction, two-sided (Fagerland, Lydersen and Laake 2013).
/// </summary>
public static class McNemar
{
    /// <param name="onlyFirst">Rows on which the first alone is right.</param>
    /// <param name="onlySecond">Rows on which the second alone is right.</param>
    /// <returns>The p-value; 1 where they are right and wrong together.</returns>
    public static double MidP(long onlyFirst, long onlySecond)
    {
        var (fewer, all) = (Math.Min(onlyFirst, onlySecond), onlyFirst + onlySecond);
        if (all == 0)
            return 1;

        // What is more extreme counts in full, what is as extreme by half: of an even split that is the split itself alone.
        var seen = Likelihood(fewer, all);
        return 2 * fewer == all ? 1 - seen / 2 : 2 * SpecialFunctions.BetaRegularized(all - fewer, fewer + 1, 0.5) - seen;
    }

    // Of a binomial variable of a half, by logarithms: a thousand rows make powers too small for a double.
    private static double Likelihood(long hits, long all) => Math.Exp(
        SpecialFunctions.GammaLn(all + 1) - SpecialFunctions.GammaLn(hits + 1) - SpecialFunctions.GammaLn(all - hits + 1) - all * Math.Log(2));
}
