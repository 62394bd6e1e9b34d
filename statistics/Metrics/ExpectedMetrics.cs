namespace Platform.Statistics.Metrics;

/// <summary>
/// What measures of decisions are expected to be where each row's outcome is known as a probability only (confidence-based performance
/// estimation, NannyML 2022). The variance is that of the measure over such outcomes: exact for the accuracy, for the others by the delta
/// method, the outcomes being independent.
/// </summary>
public static class ExpectedMetrics
{
    /// <summary>The accuracy: the mean probability of being right. NaN without a row.</summary>
    /// <param name="right">Each row's probability that its decision is right.</param>
    public static (double Value, double Variance) Accuracy(ReadOnlySpan<double> right)
    {
        var (sum, spread) = (0.0, 0.0);
        foreach (var chance in right)
            (sum, spread) = (sum + chance, spread + chance * (1 - chance));
        return (sum / right.Length, spread / right.Length / right.Length);
    }

    /// <summary>F1 = 2·TP/(predicted positive + truly positive). NaN where neither is expected.</summary>
    /// <param name="positive">Each row's probability of being truly positive.</param>
    /// <param name="decisions">Whether it was predicted positive; as many.</param>
    public static (double Value, double Variance) F1(ReadOnlySpan<double> positive, ReadOnlySpan<bool> decisions)
    {
        var (hits, both) = (0.0, 0.0);
        for (var row = 0; row < positive.Length; row++)
        {
            hits += decisions[row] ? positive[row] : 0;
            both += positive[row] + (decisions[row] ? 1 : 0);
        }

        var value = 2 * hits / both;
        var variance = 0.0;
        for (var row = 0; row < positive.Length; row++)
        {
            var slope = ((decisions[row] ? 2 : 0) - value) / both;
            variance += slope * slope * positive[row] * (1 - positive[row]);
        }

        return (value, variance);
    }

    /// <summary>
    /// The area under the ROC curve: of the pairs of two rows, each with the probability that the first is positive and the other negative,
    /// the share in which the first has the higher score, ties counting half. NaN where no such pair is expected.
    /// </summary>
    /// <param name="positive">Each row's probability of being truly positive.</param>
    /// <param name="scores">Its score; as many.</param>
    public static (double Value, double Variance) RocAuc(ReadOnlySpan<double> positive, ReadOnlySpan<double> scores)
    {
        var (order, chance) = (scores.ToArray(), positive.ToArray());
        Array.Sort(order, chance);
        var positives = chance.Sum();
        var negatives = chance.Length - positives;
        var slopes = new double[chance.Length];
        var (ordered, below) = (0.0, 0.0);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && order[end] == order[start])
                end++;

            var tied = chance.AsSpan(start, end - start);
            var (tiedPositives, before) = (Sum(tied), start - below);
            for (var row = start; row < end; row++)
            {
                var won = before + (end - start - tiedPositives - (1 - chance[row])) / 2;
                var lost = positives - below - tiedPositives + (tiedPositives - chance[row]) / 2;
                ordered += chance[row] * won;
                slopes[row] = won - lost;
            }

            below += tiedPositives;
            start = end;
        }

        var pairs = positives * negatives - chance.Sum(share => share * (1 - share));
        var value = pairs > 0 ? ordered / pairs : double.NaN;
        var variance = chance.Select((share, row) =>
        {
            var slope = (slopes[row] - value * (negatives - (1 - share) - (positives - share))) / pairs;
            return slope * slope * share * (1 - share);
        }).Sum();
        return (value, variance);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
