namespace Platform.Statistics.PairedTests;

/// <summary>
/// Compares any measure of two models on the same rows: rows are drawn anew with replacement, for both models the same ones, and the
/// difference of the measure is looked at in every such sample (percentile interval, Efron and Tibshirani 1993). The seed decides what is drawn.
/// </summary>
public static class PairedBootstrap
{
    /// <param name="rows">How many rows there are.</param>
    /// <param name="difference">How much better the first is on these rows; NaN where they leave it undefined, and such a sample is left out.</param>
    /// <param name="margin">How much worse the first may be.</param>
    /// <param name="confidence">Of the lower bound, 0.5 to 1.</param>
    /// <param name="samples">How many samples are drawn.</param>
    /// <param name="seed">Decides which.</param>
    /// <returns>A bound and a p-value of NaN where no sample defines the measure.</returns>
    public static PairedComparison Compare(
        int rows, Func<int[], double> difference, double margin, double confidence, int samples = 1_000, int seed = 1)
    {
        var random = new Random(seed);
        var drawn = new int[rows];
        var found = new List<double>(samples);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var row = 0; row < rows; row++)
                drawn[row] = random.Next(rows);
            if (difference(drawn) is var value && !double.IsNaN(value))
                found.Add(value);
        }

        found.Sort();
        return new("paired_bootstrap", difference([.. Enumerable.Range(0, rows)]), LowerBound(found, confidence), PValue(found, margin));
    }

    private static double LowerBound(List<double> sorted, double confidence) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Floor((sorted.Count - 1) * (1 - confidence))];

    // One more than are seen: no number of samples shows that there is nothing beyond them (Phipson and Smyth 2010).
    private static double PValue(List<double> sorted, double margin) =>
        sorted.Count == 0 ? double.NaN : (sorted.Count(value => value <= -margin) + 1.0) / (sorted.Count + 1);
}
