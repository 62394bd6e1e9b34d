using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// The log-likelihood ratio test on the 2 × k table, 2·Σ O·ln(O/E) with pooled expected counts. The effect size is the
/// analogue of Cramér's V, √(G/N).
/// </summary>
internal sealed class GTest : ITwoSampleTest
{
    public string Id => "g_test";

    public bool AppliesTo(FeaturePair pair) => true;

    public TestOutcome Run(FeaturePair pair)
    {
        var table = pair.Table;
        var sum = 0.0;
        for (var cell = 0; cell < table.Reference.Length; cell++)
        {
            var (reference, current) = table.Expected(cell);
            sum += Contribution(table.Reference[cell], reference) + Contribution(table.Current[cell], current);
        }

        // Equal samples can end a rounding error below zero.
        var statistic = Math.Max(0, 2 * sum);
        var rows = (double)(table.ReferenceTotal + table.CurrentTotal);
        return new(statistic, Tail.ChiSquare(statistic, table.OccupiedCells - 1), Math.Sqrt(statistic / rows));
    }

    private static double Contribution(long observed, double expected) => observed == 0 ? 0 : observed * Math.Log(observed / expected);
}
