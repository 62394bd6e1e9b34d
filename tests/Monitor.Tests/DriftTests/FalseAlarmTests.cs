using MathNet.Numerics.Distributions;
using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.DriftTests;

/// <summary>
/// A thousand pairs of samples from one source for each number of categories and rows: the defaults raise as many alarms as alpha
/// promises, or fewer. Every run is seeded, so each has always the same result.
/// </summary>
public sealed class FalseAlarmTests
{
    private const int Runs = 1_000;

    // Beyond 4 standard deviations of the binomial count of alarms: one case in 30,000 would fail by chance, once and for all.
    private const int MostAtFivePercent = 78;
    private const int MostAtOnePerThousand = 6;

    // Two or three categories leave an exact test few p-values to choose from; among more it must not be timid either.
    private const int LeastAtFivePercent = 24;
    private const int Many = 10;

    public static TheoryData<int, int, int> Categories
    {
        get
        {
            var data = new TheoryData<int, int, int>();
            foreach (var categories in new[] { 2, 3, 10, 51, 300 })
            {
                foreach (var (reference, current) in new[] { (50, 50), (200, 76), (1_000, 50), (1_500, 1_200), (10_000, 300), (100_000, 100_000) })
                    data.Add(categories, reference, current);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Categories))]
    public void Categories_of_equal_shares_raise_no_more_alarms_than_alpha_promises(int categories, int reference, int current) =>
        HoldsItsRate([.. Enumerable.Repeat(1.0, categories)], reference, current);

    [Theory]
    [MemberData(nameof(Categories))]
    public void Categories_of_which_many_are_rare_raise_no_more_alarms_than_alpha_promises(int categories, int reference, int current) =>
        HoldsItsRate([.. Enumerable.Range(1, categories).Select(rank => Math.Pow(rank, -1.5))], reference, current);

    [Theory]
    [InlineData(50, 50, 0)]
    [InlineData(200, 76, 0)]
    [InlineData(1_000, 50, 10)]
    [InlineData(1_500, 1_200, 0)]
    [InlineData(1_500, 1_200, 8)]
    [InlineData(10_000, 300, 50)]
    [InlineData(10_000, 5_000, 0)]
    public void Numbers_raise_no_more_alarms_than_alpha_promises(int reference, int current, int distinct)
    {
        var random = new Random(17);
        var pValues = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var pair = FeaturePairs.Numerical(Draw(random, reference, distinct), Draw(random, current, distinct));
            var (id, _) = DefaultTest.For(pair);
            Assert.Equal("ks", id);
            pValues[run] = TestCatalogue.Get(id).Run(pair).PValue;
        }

        Check(pValues, LeastAtFivePercent);
    }

    private static void HoldsItsRate(double[] weights, int reference, int current)
    {
        var random = new Random(weights.Length + reference + current);
        var shares = Array.ConvertAll(weights, weight => weight / weights.Sum());
        var pValues = new double[Runs];
        for (var run = 0; run < Runs; run++)
            pValues[run] = PValue(new(Draw(random, shares, reference), Draw(random, shares, current)));

        Check(pValues, weights.Length >= Many ? LeastAtFivePercent : 0);
    }

    // The categories' counts instead of the rows: what DefaultTest would choose of them.
    private static double PValue(Contingency table)
    {
        if (!table.IsComparable)
            return double.NaN;
        if (table.OccupiedCells > 2)
            return new ChiSquare().Compare(table).PValue;

        var occupied = table.WithoutEmptyCells();
        if (occupied.Reference.Length < 2)
            return 1;
        var proportions = new Proportions(occupied.Reference[1], occupied.ReferenceTotal, occupied.Current[1], occupied.CurrentTotal);
        return SmallCounts.In(occupied) ? FisherExact.Compare(proportions).PValue : ZTest.Compare(proportions).PValue;
    }

    private static void Check(double[] pValues, int least)
    {
        Assert.InRange(pValues.Count(p => p < 0.05), least, MostAtFivePercent);
        Assert.InRange(pValues.Count(p => p < 0.001), 0, MostAtOnePerThousand);
    }

    // Rows that arrive by chance have Poisson counts; given how many there are, they are a sample of that size.
    private static long[] Draw(Random random, double[] shares, int rows) => Array.ConvertAll(shares, share => (long)Poisson.Sample(random, share * rows));

    private static double[] Draw(Random random, int rows, int distinct) =>
        [.. Enumerable.Range(0, rows).Select(_ => distinct == 0 ? random.NextDouble() : random.Next(distinct))];
}
