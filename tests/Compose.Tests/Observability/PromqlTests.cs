using Platform.TestKit;
using Platform.TestKit.Observability;
namespace Platform.Compose.Tests.Observability;

public sealed class PromqlTests
{
    [Theory]
    [InlineData("sum by (model) (rate(a_total{model=~\"x|y\"}[5m])) / b", "a_total b")]
    [InlineData("histogram_quantile(0.95, sum by (le, model) (rate(a_bucket[$__rate_interval]))) > 1", "a_bucket")]
    [InlineData("(a unless a offset 10m) > 0 or vector(0)", "a")]
    [InlineData("sum(a) > 0 unless on (model) sum by (model) (b) > 0", "a b")]
    [InlineData("up{job=\"platform\"} == 0 and c_bytes > 268435456", "c_bytes")]
    public void Finds_the_metrics_of_an_expression(string expression, string metrics) =>
        Assert.Equal(metrics.Split(' '), Promql.Metrics(expression));
}
