using System.Text.Json;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Tests.Metrics;

/// <summary>Every measure of performance and fairness in the golden file.</summary>
public sealed class GoldenMetricsTests
{
    private static readonly JsonElement Golden = Tests.Golden.Statistics;

    [Fact]
    public void Binary_measures_agree_with_scikit_learn()
    {
        var data = Golden.GetProperty("binary_classification");
        Check(data, BinaryMetrics.OfScores(
            data.GetProperty("labels").Flags(), data.GetProperty("scores").Numbers(), data.GetProperty("threshold").GetDouble()));
    }

    [Fact]
    public void Multiclass_measures_agree_with_scikit_learn()
    {
        var data = Golden.GetProperty("multiclass_classification");
        Check(data, MulticlassMetrics.OfDecisions(data.GetProperty("labels").Texts(), data.GetProperty("predictions").Texts()));
    }

    [Fact]
    public void Regression_measures_agree_with_scikit_learn()
    {
        var data = Golden.GetProperty("regression");
        Check(data, RegressionMetrics.Measure(data.GetProperty("labels").ExactNumbers(), data.GetProperty("predictions").ExactNumbers()));
    }

    [Fact]
    public void Ranking_measures_agree_with_scikit_learn()
    {
        var data = Golden.GetProperty("ranking");
        Check(data, RankingMetrics.Measure(data.GetProperty("relevance").Rows(), data.GetProperty("scores").Rows()));
    }

    [Fact]
    public void Fairness_measures_agree_with_the_golden_file()
    {
        var data = Golden.GetProperty("fairness");
        var expected = data.GetProperty("expected");
        var found = GroupFairness.Measure(
            data.GetProperty("group").Texts(), data.GetProperty("decision").Flags(), Array.ConvertAll(data.GetProperty("label").Flags(), flag => (bool?)flag),
            data.GetProperty("privileged").GetString()!, data.GetProperty("unprivileged").GetString()!);

        foreach (var rate in expected.GetProperty("positive_rate").EnumerateObject())
            Agreement.Statistic(rate.Value.GetDouble(), found.PositiveRates[rate.Name], rate.Name);
        Agreement.Statistic(Field("disparate_impact"), found.DisparateImpact, "disparate impact");
        Agreement.Statistic(Field("statistical_parity_difference"), found.StatisticalParityDifference, "parity");
        Agreement.Statistic(Field("equal_opportunity_difference"), found.EqualOpportunityDifference, "opportunity");
        Agreement.Statistic(Field("average_odds_difference"), found.AverageOddsDifference, "odds");
        Assert.Equal(expected.GetProperty("violates_four_fifths").GetBoolean(), found.ViolatesFourFifths);
        Assert.True(found.PValue < 1e-6);

        double Field(string name) => expected.GetProperty(name).GetDouble();
    }

    private static void Check(JsonElement data, MetricSet found)
    {
        foreach (var expected in data.GetProperty("expected").EnumerateObject())
        {
            if (expected.Name == "confusion")
                Assert.Equal(expected.Value.Rows(), found.Confusion!.Counts!.Select(row => Array.ConvertAll(row, count => (double)count)));
            else
                Agreement.Statistic(expected.Value.GetDouble(), found[expected.Name], expected.Name);
        }
    }
}
