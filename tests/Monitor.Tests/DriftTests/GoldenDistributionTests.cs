using System.Text.Json;
using Platform.Statistics.Distributions;
using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.DriftTests;

/// <summary>
/// Every value that the golden file gives for a pair of samples; an entry this test does not know fails it. Where values are tied,
/// SciPy has Cramér and von Mises by a rank formula that holds without ties only, and Anderson and Darling by a table
/// that does: there the definition wins, and p-values are held against the limit distribution of the tied values.
/// </summary>
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
        if (expected.GetProperty("test").GetString() == "anderson_darling" && HasTies(Pair(Entry(Golden.Statistics, name))))
            Assert.InRange(outcome.PValue, 1e-300, expected.GetProperty("pvalue").GetDouble()); // SciPy's table ends at 0.001
        else
            Agreement.PValue(expected.GetProperty("pvalue").GetDouble(), outcome.PValue, name);
    }

    // The eigenvalues of the bridge's covariance at the tied values and Imhof's integral, by NumPy 1.24 and SciPy 1.10. Two cumulants and the
    // limit's form tell a probability this far out to a sixth.
    [Fact]
    public void The_p_value_of_tied_values_is_that_of_their_own_limit()
    {
        var outcome = new CramerVonMises().Run(Pair(Entry(Golden.Statistics, "integers with ties")));

        Assert.InRange(outcome.PValue / 8.309771892811568e-08, 0.83, 1.2);
    }

    // Rounded to six decimals, two of 1,500 values are the same: that is no reason for another p-value than SciPy's.
    [Fact]
    public void A_single_tie_of_many_values_does_not_change_Kolmogorov_and_Smirnovs_p_value()
    {
        var entry = Entry(Golden.Statistics, "scale change");
        Assert.True(HasTies(Pair(entry)));

        var expected = entry.GetProperty("expected").GetProperty("ks_pvalue_kolmogorov_limit").GetDouble();
        Agreement.PValue(expected, Run(Pair(entry), "ks").PValue, "ks");
    }

    private static void Check(FeaturePair pair, string field, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Array)
            CheckList(pair, field, expected);
        else if (field.StartsWith("cramer_von_mises") && HasTies(pair))
            CheckTied(pair, field, expected.GetDouble());
        else if (field.Contains("pvalue"))
            Agreement.PValue(expected.GetDouble(), PValue(pair, field), field);
        else
            Agreement.Statistic(expected.GetDouble(), Statistic(pair, field), field);
    }

    private static void CheckTied(FeaturePair pair, string field, double scipy)
    {
        var outcome = Run(pair, "cramer_von_mises");
        if (field.EndsWith("pvalue"))
        {
            Assert.InRange(outcome.PValue, 0, 1e-6); // as far beyond chance as by the rank formula
            Assert.True(scipy < 1e-6);
            return;
        }

        var (reference, current) = (pair.Numerical.Reference.Sorted.ToArray(), pair.Numerical.Current.Sorted.ToArray());
        Agreement.Statistic(Definitions.CramerVonMises(reference, current), outcome.Statistic, field);
        Assert.NotEqual(scipy, outcome.Statistic, 1e-5);
    }

    private static bool HasTies(FeaturePair pair) => pair.Kind == FeatureKind.Numerical
        && pair.Numerical.Reference.Sorted.ToArray().Concat(pair.Numerical.Current.Sorted.ToArray()).Distinct().LongCount()
            < pair.ReferenceCount + pair.CurrentCount;

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
