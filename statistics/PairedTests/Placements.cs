namespace Platform.Statistics.PairedTests;

/// <summary>Where the scores of each class stand among those of the other.</summary>
/// <param name="OfPositives">For each positive row the share of negative rows that score lower, ties counting half.</param>
/// <param name="OfNegatives">For each negative row the share of positive rows that score higher, ties counting half.</param>
internal sealed record Placements(double[] OfPositives, double[] OfNegatives)
{
    public static Placements Of(bool[] labels, double[] scores)
    {
        var (positives, negatives) = (Select(labels, scores, true), Select(labels, scores, false));
        var (sortedPositives, sortedNegatives) = (Sorted(positives), Sorted(negatives));
        return new(
            Array.ConvertAll(positives, score => ShareBelow(sortedNegatives, score)),
            Array.ConvertAll(negatives, score => 1 - ShareBelow(sortedPositives, score)));
    }

    private static double[] Select(bool[] labels, double[] scores, bool label) => [.. scores.Where((_, row) => labels[row] == label)];

    private static double[] Sorted(double[] scores)
    {
        var sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double ShareBelow(double[] sorted, double score) =>
        (CountBelow(sorted, other => other < score) + CountBelow(sorted, other => other <= score)) / (2.0 * sorted.Length);

    // How many of those that stand first are so.
    private static int CountBelow(double[] sorted, Func<double, bool> isBelow)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isBelow(sorted[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
