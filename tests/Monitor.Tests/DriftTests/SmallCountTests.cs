using Platform.Statistics.Distributions;
using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.DriftTests;

/// <summary>Tables whose expected counts are too small for the chi-square distribution.</summary>
public sealed class SmallCountTests
{
    public static TheoryData<string> Tests => ["chi_square", "g_test"];

    // Ten rows of which one is of a category that two of a thousand rows have: that happens in 3 of 100 samples of ten. The chi-square
    // distribution calls it one in two million.
    [Theory]
    [MemberData(nameof(Tests))]
    public void One_row_of_a_rare_category_is_no_drift(string id)
    {
        var table = new Contingency([998, 2], [9, 1]);

        Assert.True(Tail.ChiSquare(new ChiSquare().Compare(table).Statistic, 1) < 1e-6);
        Assert.Equal(FisherExact.Compare(new(2, 1_000, 1, 10)).PValue, Compare(id, table).PValue, 12);
        Assert.InRange(Compare(id, new([600, 398, 2], [5, 4, 1])).PValue, 0.02, 0.06);
    }

    [Fact]
    public void The_z_test_of_a_rare_value_is_exact_too() =>
        Assert.Equal(FisherExact.Compare(new(2, 1_000, 1, 10)).PValue, ZTest.Compare(new(2, 1_000, 1, 10)).PValue, 12);

    [Theory]
    [MemberData(nameof(Tests))]
    public void The_p_value_is_the_share_of_all_tables_with_the_same_margins(string id)
    {
        foreach (var (reference, current) in new[]
        {
            (new long[] { 3, 0, 2 }, new long[] { 1, 3, 0 }), ([4, 1, 1, 0], [0, 1, 2, 2]), ([5, 2, 1], [2, 1, 4]), ([2, 2, 2, 2], [1, 1, 0, 3]),
        })
        {
            var seen = Compare(id, new(reference, current));
            var pooled = reference.Zip(current).SelectMany((cell, at) => Enumerable.Repeat((double)at, (int)(cell.First + cell.Second))).ToArray();
            var all = Definitions.Splits(pooled, (int)reference.Sum())
                .Select(split => Compare(id, new(Count(split.First, reference.Length), Count(split.Second, reference.Length))).Statistic).ToArray();

            var share = all.Count(statistic => statistic >= seen.Statistic - 1e-9) / (double)all.Length;
            Assert.InRange(seen.PValue, share * 0.65, share * 1.5); // three times the seventh to which fifty extreme draws know it
        }
    }

    [Fact]
    public void The_same_table_has_always_the_same_p_value()
    {
        var table = new Contingency([30, 10, 2, 1, 0, 4], [12, 9, 1, 0, 2, 1]);

        Assert.Equal(new ChiSquare().Compare(table), new ChiSquare().Compare(new([.. table.Reference], [.. table.Current])));
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void What_is_beyond_every_draw_has_a_p_value_that_a_correction_for_many_features_leaves_small(string id)
    {
        var many = Enumerable.Repeat(10L, 100).ToArray();

        Assert.True(Compare(id, new([.. many, 0], [.. Enumerable.Repeat(0L, 80), .. Enumerable.Repeat(1L, 20), 30])).PValue < 1e-9);
        Assert.True(Compare(id, new([500, 490, 10, 0], [20, 18, 0, 12])).PValue < 1e-7); // a category that was never seen
    }

    [Fact]
    public void Of_large_samples_rare_categories_are_merged()
    {
        long[] reference = [100_000, 50_000, 3, 2, 2, 1, 1, 1, 0, 0];
        long[] current = [20_000, 10_000, 0, 0, 1, 0, 0, 0, 1, 1];
        var merged = new Contingency(reference, current).Merged(10);

        Assert.Equal(150_010, merged.ReferenceTotal);
        Assert.True(merged.SmallestExpected >= 10);
        Assert.InRange(new ChiSquare().Compare(new(reference, current)).PValue, 0.1, 1);
    }

    [Fact]
    public void Identifiers_that_never_come_twice_say_nothing()
    {
        long[] first = [.. Enumerable.Repeat(1L, 3_000), .. Enumerable.Repeat(0L, 2_000)];

        Assert.Equal(1, new ChiSquare().Compare(new(first, [.. first.Select(count => 1 - count)])).PValue);
    }

    [Fact]
    public void The_effect_size_is_the_same_for_every_number_of_rows()
    {
        var few = new ChiSquare().Compare(new([100, 60, 40], [60, 80, 60])).EffectSize;
        var many = new ChiSquare().Compare(new([100_000, 60_000, 40_000], [60_000, 80_000, 60_000])).EffectSize;
        var unequal = new ChiSquare().Compare(new([100_000, 60_000, 40_000], [600, 800, 600])).EffectSize;

        // V of samples of equal size, by hand: Σ (r − c)²/(r + c)/2 = (0.2²/0.8 + 0.1²/0.7 + 0.1²/0.5)/2.
        Assert.Equal(Math.Sqrt((0.04 / 0.8 + 0.01 / 0.7 + 0.01 / 0.5) / 2), many, 3);
        Assert.Equal(many, unequal, 0.01);
        Assert.InRange(few, many - 0.02, many);
        Assert.Equal(1, new ChiSquare().Compare(new([5_000, 0], [0, 5_000])).EffectSize, 3);
        Assert.Equal(0, new ChiSquare().Compare(new([500, 500, 500], [50, 50, 50])).EffectSize);
    }

    // The square of V less what chance adds is 0 on average without a difference, however rare the categories are.
    [Theory]
    [InlineData(10, 1_000, 50, 2_000)]
    [InlineData(300, 1_000, 50, 60)]
    [InlineData(300, 100, 5_000, 60)]
    [InlineData(3_000, 10_000, 5_000, 20)]
    [InlineData(300, 100_000, 100_000, 60)]
    public void Chance_adds_nothing_to_the_effect_size_of_many_categories(int categories, int reference, int current, int runs)
    {
        var random = new Random(categories);
        var (differences, raw) = (0.0, 0.0);
        for (var run = 0; run < runs; run++)
        {
            var (one, other) = (new long[categories], new long[categories]);
            for (var row = 0; row < reference; row++)
                one[random.Next(categories)]++;
            for (var row = 0; row < current; row++)
                other[random.Next(categories)]++;
            var square = one.Zip(other, (r, c) => Term(r / (double)reference, c / (double)current)).Sum();
            differences += square - Association.ByChance(new(one, other));
            raw += square;
        }

        Assert.InRange(differences / raw, -0.05, 0.05);

        static double Term(double r, double c) => r + c == 0 ? 0 : (r - c) * (r - c) / (r + c) / 2;
    }

    [Fact]
    public void The_effect_size_of_two_values_has_a_direction()
    {
        Assert.Equal(0.1 / Math.Sqrt(1.1 * 0.9), ZTest.Compare(new(500, 1_000, 600, 1_000)).EffectSize, 12);
        Assert.Equal(-1, ZTest.Compare(new(1_000, 1_000, 0, 1_000)).EffectSize);
        Assert.Equal(0, FisherExact.Compare(new(0, 10, 0, 10)).EffectSize);
    }

    private static TestOutcome Compare(string id, Contingency table) => id == "g_test" ? new GTest().Compare(table) : new ChiSquare().Compare(table);

    private static long[] Count(double[] values, int cells) =>
        [.. Enumerable.Range(0, cells).Select(cell => values.LongCount(value => value == cell))];
}
