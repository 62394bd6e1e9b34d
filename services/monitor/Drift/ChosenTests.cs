using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Drift;

/// <summary>The tests that a feature is put through, the deciding one first, and why that one decides.</summary>
internal readonly record struct ChosenTests(IReadOnlyList<ITwoSampleTest> Tests, string Rule)
{
    private const string First = "the first requested test that suits the feature";

    public ITwoSampleTest Deciding => Tests[0];

    /// <summary>The choice for a feature; no tests where none of the requested ones suits it.</summary>
    public static ChosenTests For(FeaturePair pair, DriftSettings settings)
    {
        if (settings.Tests is { } requested)
        {
            var suitable = Suitable(requested, pair);
            return new(suitable, suitable.Count == 0 ? First : First + Caution(suitable[0], pair));
        }

        var (id, rule) = DefaultTest.For(pair);
        return new(
            Suitable([id, .. settings.Companions.Where(companion => companion != id)], pair),
            FormattableString.Invariant($"{rule}; drift is an adjusted p-value below {settings.Alpha} and an effect size of at least {settings.MinEffect}"));
    }

    private static string Caution(ITwoSampleTest test, FeaturePair pair)
    {
        if (!pair.IsComparable || test.ThresholdFor(pair) is null)
            return "";
        return FormattableString.Invariant(
            $"; a distance from its threshold on, whatever the number of rows: by chance alone it is about {test.ByChance(pair):0.###} here");
    }

    private static List<ITwoSampleTest> Suitable(IEnumerable<string> ids, FeaturePair pair) =>
        [.. ids.Select(TestCatalogue.Get).Where(test => test.AppliesTo(pair))];
}
