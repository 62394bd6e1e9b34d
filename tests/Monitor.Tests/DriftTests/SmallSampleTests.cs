using Platform.Monitor.DriftTests;

namespace Platform.Monitor.Tests.DriftTests;

public sealed class SmallSampleTests
{
    [Fact]
    public void The_exact_Kolmogorov_Smirnov_p_value_agrees_with_SciPy_for_every_size()
    {
        foreach (var item in Golden.More.GetProperty("small_samples").EnumerateArray())
        {
            var pair = FeaturePairs.Numerical(item.GetProperty("reference").Numbers(), item.GetProperty("current").Numbers());
            var outcome = new KolmogorovSmirnov().Run(pair);

            Agreement.Statistic(item.GetProperty("ks_statistic").GetDouble(), outcome.Statistic, "ks");
            Agreement.PValue(item.GetProperty("ks_pvalue").GetDouble(), outcome.PValue, $"ks of {pair.ReferenceCount} and {pair.CurrentCount}");
        }
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
