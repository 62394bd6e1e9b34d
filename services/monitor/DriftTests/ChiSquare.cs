using Platform.Monitor.Statistics;

namespace Platform.Monitor.DriftTests;

/// <summary>
/// Pearson's chi-square test on the 2 × k table with pooled expected counts and no continuity correction, so that the
/// sampling noise of the reference counts too. The effect size is Cramér's V, 0 to 1.
/// </summary>
internal sealed class ChiSquare : ITwoSampleTest
{
    public string Id => "chi_square";

    public bool AppliesTo(FeaturePair pair) => true;

    public TestOutcome Run(FeaturePair pair)
    {
        var table = pair.Table;
        var statistic = 0.0;
        for (var cell = 0; cell < table.Reference.Length; cell++)
            statistic += Contribution(table, cell);

        var rows = (double)(table.ReferenceTotal + table.CurrentTotal);
        return new(statistic, Tail.ChiSquare(statistic, table.OccupiedCells - 1), Math.Sqrt(statistic / rows));
    }

    private static double Contribution(Contingency table, int cell)
    {
        var (reference, current) = table.Expected(cell);
        if (reference + current == 0)
            return 0;

        return Squared(table.Reference[cell] - reference) / reference + Squared(table.Current[cell] - current) / current;
    }

    private static double Squared(double value) => value * value;
}
