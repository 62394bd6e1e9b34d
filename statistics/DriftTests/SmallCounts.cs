using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// The p-value of a statistic of a 2 × k table whose expected counts are too small for its limit distribution: a single row in a
/// rare category would be worth one in ten million. Below an expected count of 10 in either sample it is the share of the
/// tables with the same margins that are as extreme: of all of them for two cells, of random ones for more (Phipson and
/// Smyth 2010). A smaller sample of over 10,000 rows, or of over 20,000 cells, is not dealt anew: there cells are merged, the rarest
/// first, until each expects 10, and the limit holds.
/// </summary>
public static class SmallCounts
{
    /// <summary>The least expected count for which the limit distribution is used: at 5 it is wrong by a factor of two at a level of 0.001.</summary>
    public const double LeastExpected = 10;

    private const int MostRows = 10_000;
    private const int MostCells = 20_000;

    // A share is known to a seventh once fifty tables were as extreme (Besag and Clifford 1991), which without a difference is
    // soon; else twenty thousand tables are drawn, fewer of large samples, unless it is plain before that none will be.
    private const int EnoughExtreme = 50;
    private const int FirstLook = 1_000;
    private const double Plain = 1e-8;
    private const int MostDraws = 20_000;
    private const int LeastDraws = 2_000;
    private const long MostSteps = 20_000_000;

    // Equal tables must not differ by rounding.
    private const double Slack = 1 - 1e-9;

    /// <summary>Whether the limit distribution may not be used.</summary>
    public static bool In(Contingency table) => table.SmallestExpected < LeastExpected;

    /// <summary>The probability of a statistic at least that large where the samples do not differ.</summary>
    /// <param name="table">Both samples hold a row.</param>
    /// <param name="statistic">Of the table; grows with the difference.</param>
    public static double PValue(Contingency table, ITableStatistic statistic)
    {
        var occupied = table.WithoutEmptyCells();
        if (occupied.Reference.Length < 2)
            return 1;

        var smaller = Math.Min(occupied.ReferenceTotal, occupied.CurrentTotal);
        if (occupied.Reference.Length == 2)
            return OfAll(occupied, statistic);
        return smaller <= MostRows && occupied.Reference.Length <= MostCells
            ? OfDrawn(occupied, statistic)
            : OfMerged(occupied.Merged(LeastExpected), statistic);
    }

    private static double OfMerged(Contingency merged, ITableStatistic statistic) =>
        Tail.ChiSquare(statistic.Of(merged.Totals, merged.Current, merged.CurrentTotal), merged.Current.Length - 1);

    private static double OfAll(Contingency table, ITableStatistic statistic)
    {
        var totals = table.Totals;
        var seen = statistic.Of(totals, table.Current, table.CurrentTotal) * Slack;
        var (least, weights) = Hypergeometric.Weights(totals[0], table.CurrentTotal, table.ReferenceTotal);
        var (all, extreme) = (0.0, 0.0);
        for (var at = 0; at < weights.Length; at++)
        {
            all += weights[at];
            if (statistic.Of(totals, [least + at, table.CurrentTotal - least - at], table.CurrentTotal) >= seen)
                extreme += weights[at];
        }

        return Math.Min(1, extreme / all);
    }

    private static double OfDrawn(Contingency table, ITableStatistic statistic)
    {
        var totals = table.Totals;
        var rows = (int)Math.Min(table.ReferenceTotal, table.CurrentTotal);
        var seen = statistic.Of(totals, table.Current, table.CurrentTotal) * Slack;
        var draws = new TableDraws(totals, rows);
        var values = new double[Math.Clamp(MostSteps / (rows + totals.Length), LeastDraws, MostDraws)];
        var extreme = 0;
        for (var draw = 0; draw < values.Length; draw++)
        {
            values[draw] = statistic.Of(totals, draws.Next(), rows);
            if (values[draw] >= seen && ++extreme == EnoughExtreme)
                return EnoughExtreme / (draw + 1.0);
            if (draw + 1 == FirstLook && extreme == 0 && DrawnTail.Upper(values[..FirstLook], seen) is < Plain and var beyond)
                return beyond;
        }

        return Math.Min((extreme + 1) / (values.Length + 1.0), DrawnTail.Upper(values, seen));
    }
}
