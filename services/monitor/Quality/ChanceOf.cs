using Platform.Monitor.Baselines;
using Platform.Statistics.Distributions;

namespace Platform.Monitor.Quality;

/// <summary>
/// What a window of rows like the reference's shows of something that is wrong: a share that the reference knows only as well as its
/// number of rows allows. The share has a beta distribution with the parameters A and B.
/// </summary>
/// <param name="Mean">The expected share.</param>
/// <param name="A">Above 0.</param>
/// <param name="B">0 or less where any number is by chance.</param>
internal readonly record struct ChanceOf(double Mean, double A, double B)
{
    // Without a reference nothing wrong is expected.
    private static readonly ChanceOf Never = new(0, 0, 1);

    /// <summary>That a value is missing, after Jeffreys.</summary>
    public static ChanceOf Missing(FeatureBaseline baseline)
    {
        var missing = baseline.MissingShare * baseline.Rows;
        return baseline.Rows == 0 ? Never : new(baseline.MissingShare, missing + 0.5, baseline.Rows - missing + 0.5);
    }

    /// <summary>
    /// That a number is out of the range of n others from one source: the probability beyond their extremes has the parameters 2
    /// and n − 1.
    /// </summary>
    public static ChanceOf OutOfRange(FeatureBaseline baseline) =>
        baseline.Numbers is { Count: > 0 and var n } ? new(2.0 / (n + 1), 2, n - 1) : Never;

    /// <summary>
    /// That a category is none of the reference's: about as often as the reference shows one a single time (Good 1953), for its last
    /// row was new then, too. Where the author lists the categories none is new by chance.
    /// </summary>
    public static ChanceOf Unseen(FeatureBaseline baseline)
    {
        if (baseline.Feature.Categories is { Count: > 0 } || baseline.Categories is not { Count: > 0 } known)
            return Never;

        var single = known.Counts.Values.Count(count => count == 1);
        return new(single / (double)known.Count, single + 1, known.Count - single);
    }

    /// <summary>By how much a share is larger than expected; 0 where chance makes as much with a probability of at least the level.</summary>
    public double Excess(int count, int rows, double level)
    {
        var excess = count / (double)rows - Mean;
        return excess > 0 && BetaBinomial.Upper(count, rows, A, B) < level ? excess : 0;
    }
}
