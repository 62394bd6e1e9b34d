using Platform.Statistics.Distributions;

namespace Platform.Statistics.PairedTests;

/// <summary>
/// Whether a model is right less often than another by a margin, on the same rows: the score test and interval of the difference of paired
/// proportions (Tango 1998). With no margin its statistic is McNemar's.
/// </summary>
public static class McNemarScore
{
    private const int Halvings = 60;

    /// <param name="rows">All rows, at least one.</param>
    /// <param name="onlyFirst">Rows on which the first alone is right.</param>
    /// <param name="onlySecond">Rows on which the second alone is right.</param>
    /// <param name="margin">How much less often the first may be right, −1 to 1 without the ends.</param>
    /// <param name="confidence">Of the lower bound, 0.5 to 1.</param>
    public static PairedComparison Compare(long rows, long onlyFirst, long onlySecond, double margin, double confidence) => new(
        "mcnemar_score",
        (onlyFirst - onlySecond) / (double)rows,
        LowerBound(rows, onlyFirst, onlySecond, confidence),
        PValue(rows, onlyFirst, onlySecond, margin));

    // The hypothesis is that the first is right less often by exactly the margin.
    private static double PValue(double rows, double onlyFirst, double onlySecond, double margin)
    {
        var sum = onlyFirst + onlySecond + margin * (2 * rows + onlySecond - onlyFirst);
        var root = sum * sum - 8 * rows * onlySecond * margin * (1 + margin);
        var likeliest = (sum + Math.Sqrt(Math.Max(0, root))) / (4 * rows); // that the second alone is right, under the hypothesis
        var variance = rows * (2 * likeliest - margin - margin * margin);
        var excess = onlyFirst - onlySecond + rows * margin;
        if (variance <= 0)
            return excess == 0 ? 0.5 : excess > 0 ? 0 : 1;
        return Tail.AboveNormal(excess / Math.Sqrt(variance));
    }

    // The p-value falls as the margin grows.
    private static double LowerBound(long rows, long onlyFirst, long onlySecond, double confidence)
    {
        var (low, high) = (-1.0, 1.0);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var margin = (low + high) / 2;
            if (PValue(rows, onlyFirst, onlySecond, margin) < 1 - confidence)
                high = margin;
            else
                low = margin;
        }

        return -high;
    }
}
