using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Statistics.Metrics;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Fairness;

/// <summary>Several groups compared at once.</summary>
public sealed class FairnessComparisonTests
{
    private static readonly FairnessTerms Terms = new(0.01, 30, Correction.Holm);

    [Fact]
    public void It_agrees_with_the_reference()
    {
        foreach (var expected in Golden.Fairness.GetProperty("comparisons").EnumerateArray())
        {
            var tallies = expected.GetProperty("groups").EnumerateArray().Select(Tally).ToArray();
            var reference = expected.GetProperty("reference");
            var found = FairnessComparison.Run([Set(tallies.Length, reference.ValueKind == JsonValueKind.Null ? null : reference.GetInt32())], [tallies], Terms);

            Assert.Equal(expected.GetProperty("tests").GetInt32(), found.Tests);
            foreach (var (group, values) in found.Groups[0].Zip(expected.GetProperty("expected").EnumerateArray()))
                Agree(values, group);
            Assert.Equal(GroupRole.Reference, found.Groups[0][expected.GetProperty("best").GetInt32()].Role);
        }
    }

    [Fact]
    public void A_group_with_too_few_rows_is_counted_and_not_judged()
    {
        var found = FairnessComparison.Run([Set(3, 0)], [[Tally(100, 70), Tally(29, 2), Tally(100, 40)]], Terms);

        Assert.Equal([GroupRole.Reference, GroupRole.TooFew, GroupRole.Compared], found.Groups[0].Select(group => group.Role));
        Assert.Equal([null, null, true], found.Groups[0].Select(group => group.IsUnfair));
        Assert.Equal((29, 1), (found.Groups[0][1].Tally.Rows, found.Tests));
    }

    [Fact]
    public void Nothing_is_judged_against_a_reference_group_with_too_few_rows_or_without_a_favourable_decision()
    {
        var few = FairnessComparison.Run([Set(2, 0)], [[Tally(29, 20), Tally(100, 10)]], Terms);
        var none = FairnessComparison.Run([Set(2, 0)], [[Tally(100, 0), Tally(100, 50)]], Terms);

        Assert.Equal((GroupRole.Alone, null, 0), (few.Groups[0][1].Role, few.Groups[0][1].IsUnfair, few.Tests));
        Assert.Equal((GroupRole.Compared, null), (none.Groups[0][1].Role, none.Groups[0][1].IsUnfair));
    }

    [Fact]
    public void The_p_values_of_all_sets_are_adjusted_together()
    {
        GroupTally[] tallies = [Tally(100, 70), Tally(100, 49)];
        var one = FairnessComparison.Run([Set(2, 0)], [tallies], Terms);
        var three = FairnessComparison.Run([Set(2, 0), Set(2, 0), Set(2, 0)], [tallies, tallies, tallies], Terms);

        Assert.Equal(3 * one.Groups[0][1].PValue, three.Groups[2][1].AdjustedPValue, 12);
        Assert.Equal((true, true, 3), (one.Groups[0][1].IsUnfair, three.Groups[0][1].IsUnfair, three.Tests));
        Assert.False(FairnessComparison.Run([.. Enumerable.Repeat(Set(2, 0), 5)], [tallies, tallies, tallies, tallies, tallies], Terms).Groups[0][1].IsUnfair);
    }

    [Theory]
    [InlineData(null)] // the best-off group is chosen by the data, so that the worst pair of fifteen is looked at
    [InlineData(0)]
    public void Groups_that_are_treated_alike_are_called_unfair_no_more_often_than_the_level_allows(int? reference)
    {
        var random = new Random(13);
        var set = Set(6, reference);
        var terms = Terms with { Alpha = 0.05 };
        var windows = Enumerable.Range(0, 2_000).Count(_ => FairnessComparison.Run(
            [set], [[.. Enumerable.Range(0, 6).Select(_ => Tally(60, Enumerable.Range(0, 60).Count(_ => random.NextDouble() < 0.4)))]], terms)
            .Groups[0].Any(group => group.IsUnfair == true));

        Assert.InRange(windows, 1, 139); // 0.05 is 100, with four deviations of a binomial count
    }

    [Theory]
    [InlineData(null, 0.01)] // whichever group is behind is unfair
    [InlineData(0, 0.005)] // only the other one can be
    public void Of_two_groups_alike_half_as_many_windows_are_unfair_where_the_reference_is_named(int? reference, double share)
    {
        const int Windows = 40_000;
        var random = new Random(21);
        var set = Set(2, reference);
        var unfair = Enumerable.Range(0, Windows).Count(_ => FairnessComparison.Run([set], [[Drawn(), Drawn()]], Terms).Groups[0].Any(group => group.IsUnfair == true));

        Assert.InRange(unfair, Windows * share - 4 * Math.Sqrt(Windows * share), Windows * share + 4 * Math.Sqrt(Windows * share));

        GroupTally Drawn() => Tally(100, Enumerable.Range(0, 100).Count(_ => random.NextDouble() < 0.7));
    }

    [Fact]
    public void Attributes_meet_in_every_pair_of_their_groups()
    {
        var plan = FairnessPlan.Of(
            new()
            {
                Attributes =
                [
                    new() { Feature = "age", Groups = [new() { Name = "young", Max = 24.999 }, new() { Name = "old", Min = 25 }], Reference = "old" },
                    new() { Feature = "sex", Reference = "m" },
                ],
                Intersections = [["age", "sex"]],
            },
            _ => true, feature => feature == "sex" ? ["f", "m"] : null)!;

        Assert.Equal(["young & f", "young & m", "old & f", "old & m"], plan.Sets[2].Names);
        Assert.Equal((3, 3), (plan.Sets[2].Reference, plan.Sets[2].Place(_ => 1)));
        Assert.Equal((1, -1), (plan.Sets[2].Place(attribute => attribute == 0 ? 0 : 1), plan.Sets[2].Place(attribute => attribute == 0 ? 0 : -1)));
        Assert.Equal((0, 1, -1), (plan.Attributes[0].OfNumber(20), plan.Attributes[0].OfNumber(25), plan.Attributes[0].OfNumber(24.9995)));
        Assert.Equal((0, -1, -1), (plan.Attributes[1].OfCategory("f"), plan.Attributes[1].OfCategory("d"), plan.Attributes[1].OfCategory(null)));
    }

    [Fact]
    public void Groups_of_a_feature_that_is_not_watched_are_left_out()
    {
        FairnessAttribute[] attributes = [new() { Feature = "a", Groups = [new() { Name = "x", Max = 1 }] }, new() { Feature = "b", Groups = [new() { Name = "y", Max = 1 }] }];
        var definition = new FairnessDefinition { Attributes = attributes, Intersections = [["a", "b"]] };

        Assert.Equal(["a"], Assert.Single(FairnessPlan.Of(definition, feature => feature == "a", _ => null)!.Sets).Features);
        Assert.Null(FairnessPlan.Of(definition, _ => false, _ => null));
        Assert.Null(FairnessPlan.Of(null, _ => true, _ => null));
    }

    private static GroupSet Set(int groups, int? reference) => FairnessPlan.Of(
        new()
        {
            Attributes =
            [
                new()
                {
                    Feature = "a", Groups = [.. Enumerable.Range(0, groups).Select(at => new FairnessGroup { Name = $"{at}", Values = [$"{at}"] })],
                    Reference = reference?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
            ],
        },
        _ => true, _ => null)!.Sets[0];

    private static void Agree(JsonElement expected, ComparedGroup found)
    {
        Near(expected.GetProperty("rate"), found.Tally.Rate);
        Near(expected.GetProperty("tpr"), found.Tally.TruePositiveRate);
        Near(expected.GetProperty("fpr"), found.Tally.FalsePositiveRate);
        Assert.Equal((string?)expected.GetProperty("test").GetString(), found.PValueTest);
        if (found.Role != GroupRole.Compared)
            return;
        Near(expected.GetProperty("impact"), found.DisparateImpact);
        Near(expected.GetProperty("difference"), found.Difference);
        Near(expected.GetProperty("pValue"), found.PValue);
        Near(expected.GetProperty("adjusted"), found.AdjustedPValue);
    }

    private static void Near(JsonElement expected, double found) => Assert.Equal(expected.GetDouble(), found, 1e-9);

    private static GroupTally Tally(JsonElement counts)
    {
        var (rows, favoured) = (counts.GetProperty("rows").GetInt32(), counts.GetProperty("favoured").GetInt32());
        var (positives, hits, misses) = (
            counts.GetProperty("positives").GetInt32(), counts.GetProperty("truePositives").GetInt32(), counts.GetProperty("falsePositives").GetInt32());
        Assert.Equal(favoured, hits + misses);
        var tally = new GroupTally();
        for (var row = 0; row < rows; row++)
            tally.Add(row < positives ? row < hits : row < positives + misses, row < positives);
        return tally;
    }

    private static GroupTally Tally(int rows, int favoured)
    {
        var tally = new GroupTally();
        for (var row = 0; row < rows; row++)
            tally.Add(row < favoured, null);
        return tally;
    }
}
