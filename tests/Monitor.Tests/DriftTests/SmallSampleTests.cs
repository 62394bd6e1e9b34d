using Platform.Statistics.Distributions;
using Platform.Statistics.DriftTests;

namespace Platform.Monitor.Tests.DriftTests;

public sealed class SmallSampleTests
{
    // SciPy's exact p-value knows of no ties, so it is too large where there are some; TieTests hold those.
    [Fact]
    public void The_exact_Kolmogorov_Smirnov_p_value_agrees_with_SciPy_for_every_size()
    {
        foreach (var item in Golden.More.GetProperty("small_samples").EnumerateArray())
        {
            var (reference, current) = (item.GetProperty("reference").Numbers(), item.GetProperty("current").Numbers());
            var outcome = new KolmogorovSmirnov().Run(FeaturePairs.Numerical(reference, current));
            var (name, expected) = ($"ks of {reference.Length} and {current.Length}", item.GetProperty("ks_pvalue").GetDouble());

            Agreement.Statistic(item.GetProperty("ks_statistic").GetDouble(), outcome.Statistic, "ks");
            if (reference.Concat(current).Distinct().Count() < reference.Length + current.Length)
                Assert.InRange(outcome.PValue, expected / 2, expected);
            else
                Agreement.PValue(expected, outcome.PValue, name);
        }
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(99, 101)]
    [InlineData(7, 11)]
    public void The_p_value_of_tied_values_ends_in_the_exact_one_where_nothing_is_tied(int n, int m)
    {
        int[] ends = [.. Enumerable.Range(1, n + m)];
        foreach (var distance in new[] { 1, n * m / 10, n * m / 4, n * m / 2, n * m })
            Agreement.PValue(KolmogorovDistribution.Exact(n, m, distance), TiedKolmogorov.Upper(n, m, distance, ends), $"{distance}");
    }

    [Fact]
    public void Fishers_exact_test_agrees_with_SciPy_for_small_and_large_tables()
    {
        foreach (var item in Golden.More.GetProperty("two_by_two").EnumerateArray())
        {
            var table = item.GetProperty("table").Rows();
            var outcome = FisherExact.Compare(new((long)table[0][0], (long)table[0].Sum(), (long)table[1][0], (long)table[1].Sum()));

            Agreement.PValue(item.GetProperty("fisher_exact").GetDouble(), outcome.PValue, item.GetRawText());
            if (item.GetProperty("odds").ValueKind == System.Text.Json.JsonValueKind.Number)
                Agreement.Statistic(item.GetProperty("odds").GetDouble(), outcome.Statistic, item.GetRawText());
            else
                Assert.True(double.IsNaN(outcome.Statistic));
        }
    }

    [Fact]
    public void Fishers_exact_test_stands_tables_of_a_million_rows()
    {
        var outcome = FisherExact.Compare(new(100_000, 1_000_000, 101_000, 1_000_000));

        var z = ZTest.Compare(new(100_000, 1_000_000, 101_000, 1_000_000));
        Assert.InRange(outcome.PValue / z.PValue, 0.99, 1.02);
    }
}
