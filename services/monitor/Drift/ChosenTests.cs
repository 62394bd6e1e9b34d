using Platform.Monitor.DriftTests;
using Platform.Monitor.Statistics;

namespace Platform.Monitor.Drift;

/// <summary>The tests that a feature is put through, the deciding one first, and why that one decides.</summary>
internal readonly record struct ChosenTests(IReadOnlyList<ITwoSampleTest> Tests, string Rule)
{
    public ITwoSampleTest Deciding => Tests[0];

    /// <summary>The choice for a feature; no tests where none of the requested ones suits it.</summary>
    public static ChosenTests For(FeaturePair pair, DriftSettings settings)
    {
        if (settings.Tests is { } requested)
            return new(Suitable(requested, pair), "the first requested test that suits the feature");

        var (id, rule) = DefaultTest.For(pair);
        return new(Suitable([id, .. settings.Companions.Where(companion => companion != id)], pair), rule);
    }

    private static List<ITwoSampleTest> Suitable(IEnumerable<string> ids, FeaturePair pair) =>
        [.. ids.Select(TestCatalogue.Get).Where(test => test.AppliesTo(pair))];
}
