using System.Collections.Frozen;

namespace Platform.Statistics.DriftTests;

/// <summary>Every test that the platform knows, by the name the API gives it.</summary>
public static class TestCatalogue
{
    private static readonly FrozenDictionary<string, ITwoSampleTest> Tests = new ITwoSampleTest[]
    {
        new KolmogorovSmirnov(), new CramerVonMises(), new AndersonDarling(), new MannWhitney(), new WelchT(),
        new ChiSquare(), new GTest(), new ZTest(), new FisherExact(),
        new PopulationStability(), new KullbackLeibler(), new JensenShannon(), new Hellinger(), new TotalVariation(),
        new Wasserstein(), new WassersteinNormalised(), new Energy(),
    }.ToFrozenDictionary(test => test.Id, StringComparer.Ordinal);

    public static IEnumerable<string> Ids => Tests.Keys.Order(StringComparer.Ordinal);

    /// <summary>The test of that name, or null.</summary>
    public static ITwoSampleTest? Find(string id) => Tests.GetValueOrDefault(id);

    /// <summary>The test of a name that is known to exist.</summary>
    public static ITwoSampleTest Get(string id) => Tests[id];
}
