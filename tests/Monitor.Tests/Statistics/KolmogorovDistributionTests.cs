using Platform.Statistics.Distributions;

namespace Platform.Monitor.Tests.Statistics;

public sealed class KolmogorovDistributionTests
{
    [Fact]
    public void The_limit_agrees_with_SciPy_in_the_body_and_far_out_in_the_tail()
    {
        foreach (var item in Golden.More.GetProperty("kolmogorov_limit").EnumerateArray())
        {
            var x = item.GetProperty("x").GetDouble();
            Agreement.PValue(item.GetProperty("tail").GetDouble(), KolmogorovDistribution.Limit(x), $"at {x}");
        }
    }

    [Fact]
    public void Complete_separation_has_two_orders_in_all_of_them() =>
        Assert.Equal(2.0 / 252, KolmogorovDistribution.Exact(5, 5, 25), 15); // 10 over 5 orders
}
