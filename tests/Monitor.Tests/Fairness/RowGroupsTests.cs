using Platform.Contracts.Registry;
using Platform.Monitor.Fairness;
using Platform.Monitor.Features;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Fairness;

public sealed class RowGroupsTests
{
    [Fact]
    public void Groups_of_a_numerical_feature_may_be_named_by_their_numbers()
    {
        var code = new FeatureValues(Feature.Number("code"));
        var plan = Plan(new() { Feature = "code", Privileged = new() { Values = ["1"] }, Unprivileged = new() { Values = ["2", "2.5"] }, FavourableClass = "good" });
        var groups = RowGroups.Of(plan, [code])!;
        Prediction[] decisions = [Prediction.Of("good"), Prediction.Of("bad"), Prediction.Of("good"), Prediction.Of("good")];
        double[] codes = [1, 2, 2.5, 3];
        foreach (var value in codes)
        {
            code.Add(value);
            groups.Add();
        }

        var found = Run(plan, groups, decisions, ["good", "bad"]);

        Assert.Equal(0.5, found.DisparateImpact);
        Assert.Equal(1, found.PositiveRate["privileged"]);
        Assert.Equal(0.5, found.PositiveRate["unprivileged"]);
    }

    [Fact]
    public void Groups_and_the_favourable_class_may_be_written_in_another_notation()
    {
        var region = new FeatureValues(Feature.Category("region"));
        var plan = Plan(new() { Feature = "region", Privileged = new() { Values = ["1.0"] }, Unprivileged = new() { Values = ["2.0"] }, FavourableClass = "1" });
        var groups = RowGroups.Of(plan, [region])!;
        foreach (var value in new[] { "1", "2", "2" })
        {
            region.Add(value);
            groups.Add();
        }

        var found = Run(plan, groups, [Prediction.Of("1.0"), Prediction.Of("1.0"), Prediction.Of("0.0")], ["0.0", "1.0"]);

        Assert.Equal(1, found.PositiveRate["privileged"]);
        Assert.Equal(0.5, found.PositiveRate["unprivileged"]);
    }

    private static FairnessPlan Plan(FairnessDefinition definition) => FairnessPlan.Of(definition, _ => true, _ => null)!;

    private static WindowFairness Run(FairnessPlan plan, RowGroups groups, Prediction[] decisions, string[] classes) => FairnessCheck.Run(
        plan, new(new() { Task = "binary_classification", Classes = classes }), new(decisions, new string?[decisions.Length]), groups.Columns, new())!;
}
