using Platform.Contracts.Registry;
using Platform.Monitor.Fairness;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Fairness;

/// <summary>What is said of a window with several sets of groups.</summary>
public sealed class WindowFairnessTests
{
    private static readonly FairnessAttribute Sex =
        new() { Feature = "sex", Groups = [new() { Name = "f", Values = ["f"] }, new() { Name = "m", Values = ["m"] }] };

    private static readonly FairnessDefinition Pair =
        new() { Feature = "age", Privileged = new() { Values = ["old"] }, Unprivileged = new() { Values = ["young"] }, Attributes = [Sex] };

    [Fact]
    public void The_pair_has_a_verdict_of_its_own()
    {
        // both ages are favoured alike, the sexes are not
        var fairAge = Run(Pair, Sexes(70, 20));
        var fairSex = Run(Pair, places => places[0] == 0 ? 70 : 20);

        Assert.Equal((true, false, 1.0), (fairAge.Unfair, fairAge.PairUnfair, fairAge.DisparateImpact));
        Assert.Equal((true, true), (fairSex.Unfair, fairSex.PairUnfair));
        Assert.Equal(["unprivileged"], fairSex.Unfairly().Select(item => item.Group.Group));
        Assert.Null(Run(new() { Attributes = [Sex] }, Sexes(70, 20)).PairUnfair);
    }

    [Fact]
    public void The_reference_is_whoever_is_best_off_in_the_window()
    {
        var (women, men) = (Run(Pair, Sexes(70, 20)).Attributes[1], Run(Pair, Sexes(20, 70)).Attributes[1]);

        Assert.Equal(("f", true, "m", true), (women.Reference, women.IsBestOff, men.Reference, men.IsBestOff));
        Assert.Equal([null, true], women.Groups.Select(group => group.Unfair));
        Assert.Equal([true, null], men.Groups.Select(group => group.Unfair));
        Assert.Equal(women.Groups[1].DisparateImpact, men.Groups[0].DisparateImpact);
    }

    private static Func<int[], int> Sexes(int women, int men) => places => places[1] == 0 ? women : men;

    // A hundred rows of each age and sex, so many of which are favoured.
    private static WindowFairness Run(FairnessDefinition definition, Func<int[], int> favoured)
    {
        var plan = FairnessPlan.Of(definition with { FavourableClass = "good" }, _ => true, _ => null)!;
        var rows = (from age in new[] { 0, 1 } from sex in new[] { 0, 1 } from row in Enumerable.Range(0, 100)
                    select (Places: new[] { age, sex }, Decision: row < favoured([age, sex]) ? "good" : "bad")).ToArray();
        byte[][] columns = [.. Enumerable.Range(2 - plan.Attributes.Count, plan.Attributes.Count).Select(at => rows.Select(row => (byte)row.Places[at]).ToArray())];
        return FairnessCheck.Run(
            plan, new(new() { Task = "binary_classification", Classes = ["good", "bad"] }),
            new([.. rows.Select(row => Prediction.Of(row.Decision))], new string?[rows.Length]), columns, new())!;
    }
}
