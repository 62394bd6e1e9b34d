using System.Text.Json;
using Platform.Monitor.DriftTests;
using Platform.Monitor.Statistics;

namespace Platform.Monitor.Tests.DriftTests;

/// <summary>Every value that the golden file gives for a pair of samples; an entry this test does not know fails it.</summary>
public sealed class GoldenDistributionTests
{
    public static TheoryData<string> Names =>
        [.. Golden.Statistics.GetProperty("distributions").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_of_the_golden_file_is_met(string name)
    {
        var entry = Entry(Golden.Statistics, name);
        var pair = Pair(entry);
        foreach (var expected in entry.GetProperty("expected").EnumerateObject())
            Check(pair, expected.Name, expected.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Anderson_Darling_and_the_G_test_agree_with_SciPy(string name)
    {
        var expected = Entry(Golden.More, name);
        var outcome = TestCatalogue.Get(expected.GetProperty("test").GetString()!).Run(Pair(Entry(Golden.Statistics, name)));

        Agreement.Statistic(expected.GetProperty("statistic").GetDouble(), outcome.Statistic, name);
        Agreement.PValue(expected.GetProperty("pvalue").GetDouble(), outcome.PValue, name);
    }

    private static void Check(FeaturePair pair, string field, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Array)
            CheckList(pair, field, expected);
        else if (field.Contains("pvalue"))
            Agreement.PValue(expected.GetDouble(), PValue(pair, field), field);
        else
            Agreement.Statistic(expected.GetDouble(), Statistic(pair, field), field);
    }

    private static void CheckList(FeaturePair pair, string field, JsonElement expected)
    {
        if (field == "categories")
        {
            Assert.Equal(expected.Texts(), pair.Categories);
            return;
        }

        var actual = field switch
        {
            "bin_edges" => pair.Edges!,
            "reference_bins" => pair.Shares.Reference,
            "current_bins" => pair.Shares.Current,
            _ => throw new InvalidOperationException($"The golden file has a new list, {field}."),
        };
        Assert.Equal(expected.Numbers(), actual, (a, b) => Math.Abs(a - b) <= 5.1e-7); // printed with six decimals
    }

    private static double Statistic(FeaturePair pair, string field) => field switch
    {
        "kl_current_from_reference" => Run(pair, "kl").Statistic,
        "kl_reference_from_current" => Run(Swapped(pair), "kl").Statistic,
        "js_distance_base2" => Run(pair, "js").Statistic,
        "js_divergence_base2" => JensenShannon.Divergence(pair.Shares.Reference, pair.Shares.Current),
        "ks_statistic" or "z_statistic" => Run(pair, field[..field.IndexOf('_')]).Statistic,
        "energy_distance" => Run(pair, "energy").Statistic,
        "mann_whitney_u" => Run(pair, "mann_whitney").Statistic,
        "chi_square_dof" => pair.Table.OccupiedCells - 1,
        _ => Run(pair, field).Statistic,
    };

    private static double PValue(FeaturePair pair, string field) => field switch
    {
        "ks_pvalue_exact" => Run(pair, "ks").PValue,
        "ks_pvalue_kolmogorov_limit" => KolmogorovDistribution.Limit(
            Math.Sqrt((double)pair.ReferenceCount * pair.CurrentCount / (pair.ReferenceCount + pair.CurrentCount)) * Run(pair, "ks").Statistic),
        _ => Run(pair, field[..^"_pvalue".Length]).PValue,
    };

    private static TestOutcome Run(FeaturePair pair, string test)
    {
        Assert.True(TestCatalogue.Get(test).AppliesTo(pair));
        return TestCatalogue.Get(test).Run(pair);
    }

    // The golden file compares both directions over the bins of the reference, so the shares change places, not the samples.
    private static FeaturePair Swapped(FeaturePair pair) => FeaturePairs.FromCounts(pair.Cells.Current, pair.Cells.Reference);

    private static JsonElement Entry(JsonElement file, string name) =>
        file.GetProperty("distributions").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);

    private static FeaturePair Pair(JsonElement entry) => entry.GetProperty("kind").GetString() == "numerical"
        ? FeaturePairs.Numerical(entry.GetProperty("reference").Numbers(), entry.GetProperty("current").Numbers())
        : FeaturePairs.Categorical(entry.GetProperty("reference").Texts(), entry.GetProperty("current").Texts());
}
