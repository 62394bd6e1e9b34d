namespace Platform.Statistics.Metrics;

/// <summary>What the order of the scores alone says about a two-class model.</summary>
public static class ScoreRanking
{
    /// <summary>
    /// The area under the ROC curve, ties counting half, and the average precision Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct scores.
    /// The first is NaN unless both classes occur, the second without a positive row.
    /// </summary>
    public static (double RocAuc, double AveragePrecision) Measure(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores)
    {
        var order = scores.ToArray();
        var sorted = labels.ToArray();
        Array.Sort(order, sorted);

        var (positives, negatives, area, precision) = (0L, 0L, 0.0, 0.0);
        for (var end = order.Length; end > 0;)
        {
            var (start, hits) = TiedBelow(order, sorted, end);
            var misses = end - start - hits;
            area += misses * (positives + hits / 2.0);
            positives += hits;
            negatives += misses;
            precision += hits * (positives / (double)(positives + negatives));
            end = start;
        }

        return (area / ((double)positives * negatives), precision / positives);
    }

    /// <summary>Where the run of equal scores that ends before <paramref name="end"/> starts, and its positive rows.</summary>
    private static (int Start, int Hits) TiedBelow(double[] order, bool[] labels, int end)
    {
        var (start, hits) = (end, 0);
        while (start > 0 && order[start - 1] == order[end - 1])
        {
            start--;
            if (labels[start])
                hits++;
        }

        return (start, hits);
    }
}
