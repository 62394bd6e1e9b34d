using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Tests.DriftTests;

/// <summary>Every rank statistic where values are tied, against its definition and against permutations of the pooled values.</summary>
public sealed class TieTests
{
    private const int Draws = 4_000;

    private static readonly Dictionary<string, (double[] Reference, double[] Current)> Samples = new()
    {
        ["mostly zeros"] = (Values((0, 700), (1, 300)), Values((0, 62), (1, 38))),
        ["nine in ten zeros"] = (Values((0, 90), (1, 10)), Values((0, 166), (1, 34))),
        ["three levels"] = (Values((1, 120), (2, 60), (3, 20)), Values((1, 35), (2, 28), (3, 12))),
        ["whole years"] = ([.. Enumerable.Range(0, 300).Select(i => 20.0 + i % 30)], [.. Enumerable.Range(0, 80).Select(i => 22.0 + i % 30)]),
        ["zeros and a tail"] = (
            [.. Values((0, 140)), .. Enumerable.Range(0, 60).Select(i => 1 + i / 7.0)],
            [.. Values((0, 50)), .. Enumerable.Range(0, 40).Select(i => 1 + i / 5.0)]),
        ["a few and many"] = (Values((0, 5), (1, 3), (2, 2)), [.. Enumerable.Range(0, 400).Select(i => i % 10 < 4 ? 0.0 : 1 + i % 3)]),
    };

    public static TheoryData<string, string> RankTests
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var test in new[] { "ks", "cramer_von_mises", "anderson_darling", "mann_whitney" })
            {
                foreach (var sample in Samples.Keys)
                    data.Add(test, sample);
            }

            return data;
        }
    }

    // By the definition the statistic weighs (F − G)², which is 0 for equal distributions. SciPy's rank formula gives 274.7 for the
    // 300 reference rows below, and p = 1e-7; it holds without ties only.
    [Theory]
    [InlineData(50, 30)]
    [InlineData(40, 40)]
    [InlineData(300, 100)]
    [InlineData(7, 700)]
    public void Equal_shares_of_tied_values_are_no_difference_for_Cramer_and_von_Mises(int reference, int current)
    {
        var pair = FeaturePairs.Numerical(
            Values((0, reference * 7), (1, reference * 3)), Values((0, current * 7), (1, current * 3)));

        Assert.Equal(new(0, 1, 0), new CramerVonMises().Run(pair));
        Assert.Equal(1, new AndersonDarling().Run(pair).PValue);
        Assert.Equal(1, new KolmogorovSmirnov().Run(pair).PValue);
        Assert.Equal(1, new MannWhitney().Run(pair).PValue, 12);
    }

    [Fact]
    public void The_effect_size_of_tests_on_whole_distributions_is_the_root_mean_square_of_their_gap()
    {
        double[] reference = [1, 2, 2, 3, 5];
        double[] current = [2, 4, 4, 6];
        var pair = FeaturePairs.Numerical(reference, current);
        var expected = Math.Sqrt(reference.Concat(current).Average(at => Math.Pow(
            reference.Count(value => value <= at) / 5.0 - current.Count(value => value <= at) / 4.0, 2)));

        Assert.Equal(expected, new CramerVonMises().Run(pair).EffectSize, 12);
        Assert.Equal(expected, new AndersonDarling().Run(pair).EffectSize, 12);
    }

    [Fact]
    public void Cramer_and_von_Mises_statistic_is_the_one_of_its_definition()
    {
        foreach (var (name, (reference, current)) in Samples)
            Agreement.Statistic(Definitions.CramerVonMises(reference, current), new CramerVonMises().Run(FeaturePairs.Numerical(reference, current)).Statistic, name);
    }

    [Theory]
    [MemberData(nameof(RankTests))]
    public void The_p_value_of_tied_values_is_the_share_of_permutations_that_are_as_extreme(string id, string sample)
    {
        var (reference, current) = Samples[sample];
        var test = TestCatalogue.Get(id);
        var seen = test.Run(FeaturePairs.Numerical(reference, current));

        var share = Permutations(reference, current).Count(pair => Extremity(id, test.Run(pair), pair.ReferenceCount, pair.CurrentCount)
            >= Extremity(id, seen, reference.Length, current.Length) * (1 - 1e-9)) / (double)Draws;

        // Three standard errors of the share, and what limit distributions are off by in samples this small.
        var tolerance = 3 * Math.Sqrt(share * (1 - share) / Draws) + (id == "ks" ? 0.001 : 0.02);
        Assert.InRange(seen.PValue, share - tolerance, share + tolerance);
    }

    [Theory]
    [InlineData("mann_whitney")]
    [InlineData("cramer_von_mises")]
    [InlineData("anderson_darling")]
    public void Of_few_tied_values_the_p_value_is_the_share_of_all_splits(string id)
    {
        foreach (var (reference, current) in new[]
        {
            (new double[] { 1, 1, 2, 3, 3 }, new double[] { 1, 3, 3, 4 }), ([0, 0, 0, 0, 1, 1], [0, 1, 1, 1]), ([5, 5, 5], [5, 5, 7, 7, 7, 8]),
            ([0, 0, 1, 2, 3, 3], [1, 2, 3, 3, 4, 4]), ([2], [0, 0, 0, 1, 1, 2]), ([1, 1], [1, 1, 1]),
        })
        {
            var test = TestCatalogue.Get(id);
            var (n, m) = (reference.Length, current.Length);
            var seen = test.Run(FeaturePairs.Numerical(reference, current));
            var all = Definitions.Splits([.. reference, .. current], n)
                .Select(split => Extremity(id, test.Run(FeaturePairs.Numerical(split.First, split.Second)), n, m)).ToArray();

            var share = all.Count(extremity => !(extremity < Extremity(id, seen, n, m) - 1e-9)) / (double)all.Length;
            Assert.Equal(share, seen.PValue, 12);
        }
    }

    // SciPy 1.10: mannwhitneyu(…, method='exact') and cramervonmises_2samp(…, method='exact').
    [Theory]
    [InlineData("mann_whitney", 0.10139860139860139)]
    [InlineData("cramer_von_mises", 0.10606060606060606)]
    public void Of_few_values_without_ties_the_p_value_is_exact_too(string id, double expected) =>
        Assert.Equal(expected, TestCatalogue.Get(id).Run(FeaturePairs.Numerical([1, 4, 5, 9, 12, 13], [2, 10, 11, 14, 15, 17, 18])).PValue, 1e-12);

    [Fact]
    public void The_Kolmogorov_Smirnov_p_value_of_tied_values_is_exact()
    {
        foreach (var (reference, current) in new[]
        {
            (new double[] { 1, 1, 2, 3, 3 }, new double[] { 1, 3, 3, 4 }), ([0, 0, 0, 0, 1, 1], [0, 1, 1, 1]), ([1, 2, 3, 4], [3, 4, 5, 6]),
            ([5, 5, 5], [5, 5, 7, 7, 7, 8]), ([1, 1], [1, 1, 1]),
        })
        {
            var seen = new KolmogorovSmirnov().Run(FeaturePairs.Numerical(reference, current));
            var all = Definitions.Splits([.. reference, .. current], reference.Length)
                .Select(split => new KolmogorovSmirnov().Run(FeaturePairs.Numerical(split.First, split.Second)).Statistic).ToArray();

            Assert.Equal(all.Count(statistic => statistic >= seen.Statistic - 1e-12) / (double)all.Length, seen.PValue, 12);
        }
    }

    [Theory]
    [InlineData(200, 76)]
    [InlineData(300, 300)]
    [InlineData(10_000, 150)]
    public void However_far_apart_tied_values_are_the_p_value_is_above_zero(int reference, int current)
    {
        var pair = FeaturePairs.Numerical(Values((0, reference - 10), (1, 10)), Values((1, current / 100), (2, current - current / 100)));

        Assert.InRange(new KolmogorovSmirnov().Run(pair).PValue, double.Epsilon, 1e-30);
    }

    // Large samples are shrunk; the limit depends on the shares of the tied values alone. Of 2,000,000 Brownian bridges, seen at those
    // shares, so many exceed √(nm/(n + m))·D (NumPy 1.24, seed 3); without regard to ties it would be 0.353.
    [Fact]
    public void The_Kolmogorov_Smirnov_p_value_of_large_tied_samples_is_that_of_the_bridge()
    {
        const double expected = 0.0997;
        var reference = Values((0, 20_000), (1, 8_000), (2, 4_000), (3, 4_000), (4, 2_000), (5, 2_000));
        var current = Values((0, 30_360), (1, 11_640), (2, 6_000), (3, 6_000), (4, 3_000), (5, 3_000));

        var outcome = new KolmogorovSmirnov().Run(FeaturePairs.Numerical(reference, current));

        Assert.Equal(0.006, outcome.Statistic, 12);
        Assert.InRange(outcome.PValue, expected - 0.003, expected + 0.003);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void The_area_under_the_curve_counts_ties_half(int distinct)
    {
        var random = new Random(distinct);
        var labels = Enumerable.Range(0, 300).Select(_ => random.Next(4) == 0).ToArray();
        var scores = labels.Select(label => random.Next(distinct) / 10.0 + (label && random.Next(3) == 0 ? 0.1 : 0)).ToArray();

        var (won, pairs) = (0.0, 0L);
        for (var positive = 0; positive < labels.Length; positive++)
        {
            for (var negative = 0; negative < labels.Length; negative++)
            {
                if (!labels[positive] || labels[negative])
                    continue;
                pairs++;
                won += scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0;
            }
        }

        Assert.Equal(won / pairs, ScoreRanking.Measure(labels, scores).RocAuc, 12);
    }

    private static double Extremity(string id, TestOutcome outcome, long n, long m) =>
        id == "mann_whitney" ? Math.Abs(outcome.Statistic - n * m / 2.0) : outcome.Statistic + 10; // of a standardised statistic the sign counts

    private static IEnumerable<FeaturePair> Permutations(double[] reference, double[] current)
    {
        var random = new Random(11);
        double[] pooled = [.. reference, .. current];
        for (var draw = 0; draw < Draws; draw++)
        {
            random.Shuffle(pooled);
            yield return FeaturePairs.Numerical(pooled[..reference.Length], pooled[reference.Length..]);
        }
    }

    private static double[] Values(params (double Value, int Count)[] values) =>
        [.. values.SelectMany(value => Enumerable.Repeat(value.Value, value.Count))];
}
