using Platform.Explainer.Attribution;
using Platform.Explainer.Games;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Attribution;

public sealed class AttributionMethodsTests
{
    [Theory]
    [InlineData(8, 20, null, "exact")]
    [InlineData(12, 2, null, "exact")]
    [InlineData(12, 100, null, "permutation")] // 409,600 evaluations
    [InlineData(13, 1, null, "permutation")]
    [InlineData(8, 20, 5_200L, "exact")]
    [InlineData(8, 20, 2_048L, "permutation")]
    public void Auto_is_exact_for_few_features_within_the_budget(int features, int rows, long? budget, string expected)
    {
        Assert.Equal(expected, Resolve("auto", budget, Game(features, rows)).Name);
    }

    [Fact]
    public void Auto_chooses_one_method_for_all_instances()
    {
        Assert.Equal("permutation", Resolve("auto", null, Game(4, 1), Game(14, 1)).Name);
    }

    [Fact]
    public void A_name_is_its_method()
    {
        Assert.Equal(["auto", "exact", "kernel", "lime", "linear", "occlusion", "permutation", "sampling", "tree"], AttributionMethods.Names);
        Assert.All(AttributionMethods.Names.Skip(1), name => Assert.Equal(name, Resolve(name, null, Game(2, 1)).Name));
        Assert.False(AttributionMethods.IsKnown("guess"));
    }

    private static IAttributionMethod Resolve(string name, long? budget, params CoalitionGame[] games) =>
        AttributionMethods.Resolve(name, games, Explain.Settings(budget: budget));

    private static TabularGame Game(int features, int rows) =>
        Explain.Game(new FunctionModel(features, x => x[0]), Explain.Row(features, new Random(1)), Explain.Rows(rows, features, seed: 2));
}
