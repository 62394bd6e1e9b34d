using Platform.Monitor.Drift;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Drift;

public sealed class DriftJudgeTests
{
    private static readonly DriftSettings Live = new DriftOptions().ToSettings();

    // 76 rows against 200 of the same numbers: the Jensen-Shannon distance is above 0.1 nearly always.
    [Fact]
    public void A_distance_beside_the_deciding_test_does_not_contradict_it()
    {
        var random = new Random(1);
        var (farApart, drifted) = (0, 0);
        for (var window = 0; window < 200; window++)
        {
            var found = Judge(FeaturePairs.Numerical(Numbers(random, 200, 0), Numbers(random, 76, 0)));
            var js = found.Tests.Single(test => test.Test == "js");
            farApart += js.Statistic >= js.Threshold ? 1 : 0;

            drifted += found.Tests.Any(test => test.Drifted == true) ? 1 : 0;
        }

        Assert.True(farApart > 150);
        Assert.InRange(drifted, 0, 2); // alpha is 0.001
    }

    [Fact]
    public void A_distance_beside_a_deciding_test_that_finds_drift_confirms_it()
    {
        var random = new Random(2);

        var found = Judge(FeaturePairs.Numerical(Numbers(random, 200, 0), Numbers(random, 76, 2)));

        Assert.True(found.Drifted);
        Assert.All(found.Tests, test => Assert.True(test.Drifted));
    }

    // As many categories as a country has regions: by the Jensen-Shannon distance against 0.1 every window would be called drifted.
    [Fact]
    public void Windows_of_many_categories_from_the_same_shares_have_not_drifted()
    {
        var random = new Random(3);
        var weights = Enumerable.Range(0, 51).Select(rank => 39.0 / (1 + rank * 1.3)).ToArray();
        var reference = new CategoricalSample(Categories(random, weights, 1_500));

        var drifted = Enumerable.Range(0, 300).Count(_ => Judge(new(reference, new CategoricalSample(Categories(random, weights, 1_200)))).Drifted == true);

        Assert.InRange(drifted, 0, 2); // alpha is 0.001
    }

    [Fact]
    public void A_category_that_was_never_seen_has_drifted_in_a_small_window_of_many_features()
    {
        var random = new Random(4);
        var weights = Enumerable.Repeat(1.0, 60).ToArray();
        var pairs = Enumerable.Range(0, 100).Select(at => new NamedPair($"f{at}", FeaturePairs.Categorical(
            [.. Categories(random, weights, 1_000)], [.. Categories(random, weights, at == 7 ? 70 : 100), .. Enumerable.Repeat("new", at == 7 ? 30 : 0)]))).ToArray();

        var found = DriftJudge.Judge(pairs, Live);

        Assert.Equal(["f7"], found.Where(feature => feature.Drifted == true).Select(feature => feature.Name));
    }

    [Fact]
    public void A_change_that_matters_is_found_in_windows_of_every_size()
    {
        foreach (var rows in new[] { 200, 1_000, 5_000, 20_000 })
        {
            var random = new Random(rows);
            Assert.True(Judge(FeaturePairs.Numerical(Numbers(random, 10_000, 0), Numbers(random, rows, 0.5))).Drifted);
            Assert.True(Judge(FeaturePairs.Categorical(
                [.. Categories(random, [5, 3, 2], 10_000)], [.. Categories(random, [3, 3, 4], rows)])).Drifted);
            Assert.True(Judge(FeaturePairs.Categorical([.. Categories(random, [98, 2], 10_000)], [.. Categories(random, [88, 12], rows)])).Drifted);
        }
    }

    [Fact]
    public void Of_a_feature_without_values_nothing_is_said()
    {
        var found = Judge(FeaturePairs.Numerical([1, 2, 3], []));
        var report = DriftReport.Of([found], Live);

        Assert.Null(found.Drifted);
        Assert.All(found.Tests, test => Assert.Null(test.Drifted));
        Assert.Equal((null, null, null), (report.Drifted, report.DriftedFeatures, report.DriftedShare));
    }

    [Fact]
    public void The_rule_says_what_means_drift()
    {
        var found = Judge(FeaturePairs.Numerical(Numbers(new(5), 100, 0), Numbers(new(6), 100, 0)));

        Assert.Equal(
            "numerical, more than 5 distinct values: Kolmogorov-Smirnov; drift is an adjusted p-value below 0.001 and an effect size of at least 0.05",
            found.Rule);
    }

    [Theory]
    [InlineData("bh", "of the features that are called drifted, a share of at most 0.001 is expected not to have")]
    [InlineData("bonferroni", "without any drift a feature is called drifted with a probability of at most 0.001")]
    [InlineData("none", "not adjusted: without any drift up to 0.002 features are expected to be called drifted")]
    public void How_several_features_are_allowed_for_is_said(string method, string promise)
    {
        var settings = Live with { Correction = method };
        var random = new Random(7);
        var comparable = FeaturePairs.Numerical(Numbers(random, 100, 0), Numbers(random, 100, 0));
        NamedPair[] features = [new("a", comparable), new("b", comparable), new("empty", FeaturePairs.Numerical([1, 2], []))];

        var correction = DriftReport.Of(DriftJudge.Judge(features, settings), settings).Correction!;

        Assert.Equal((method, 2, 0.001, promise), (correction.Method, correction.Tests, correction.Alpha, correction.Promise));
    }

    [Fact]
    public void Every_p_value_has_an_effect_size_beside_it()
    {
        var (one, other) = (Numbers(new(5), 300, 0), Numbers(new(6), 200, 1));
        string[] tests = ["ks", "anderson_darling", "cramer_von_mises", "mann_whitney", "welch_t", "chi_square", "g_test"];

        var found = DriftJudge.Judge([new("f", FeaturePairs.Numerical(one, other))], Live with { Tests = tests })[0].Tests;

        Assert.Equal(tests, found.Select(test => test.Test));
        Assert.All(found, test => Assert.True(test.PValue is not null && Math.Abs(test.EffectSize!.Value) > 0.1, test.Test));
    }

    private static FeatureDrift Judge(FeaturePair pair) => DriftJudge.Judge([new("f", pair)], Live)[0];

    private static double[] Numbers(Random random, int rows, double shift) =>
        [.. Enumerable.Range(0, rows).Select(_ => shift + Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6)];

    private static IEnumerable<string> Categories(Random random, double[] weights, int rows)
    {
        var total = weights.Sum();
        for (var row = 0; row < rows; row++)
        {
            var (at, left) = (0, random.NextDouble() * total);
            while (at < weights.Length - 1 && left >= weights[at])
                left -= weights[at++];
            yield return $"S{at}";
        }
    }
}
