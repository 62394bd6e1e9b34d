using Platform.Explainer.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Attribution;

public sealed class LimeTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(12, 20)]
    [InlineData(70, 3)]
    public void Of_a_linear_model_each_part_is_the_coefficients_contribution(int features, int rows)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var (weights, instance, background) = (Explain.Row(features, new Random(seed)), Explain.Row(features, new Random(seed + 100)), Explain.Rows(rows, features, seed + 200));
            var result = Approximate(new FunctionModel(features, x => 3 + x.Zip(weights, (value, weight) => value * weight).Sum()), instance, background, seed);

            var expected = weights.Select((weight, i) => weight * (instance[i] - background.Average(row => row[i]))).ToArray();
            Explain.AssertClose(expected, result.Values, 2e-3 * Math.Max(1, expected.Max(Math.Abs)));
            Assert.Equal(1, result.Fit!.RSquared[0], 6);
            Assert.Equal(0, result.Residual[0], 2);
        }
    }

    [Fact]
    public void Of_any_model_it_is_the_regression_over_all_neighbours()
    {
        var (instance, background) = (Explain.Row(5, new Random(1)), Explain.Rows(4, 5, seed: 2));

        var result = Approximate(new FunctionModel(5, Curved, x => x[4]), instance, background, budget: 100_000);

        var (values, fit) = PlainLime.Of(Curved, instance, background);
        for (var i = 0; i < 5; i++) Assert.Equal(values[i], result.Values[i * 2], 0.05);
        Assert.Equal(fit, result.Fit!.RSquared[0], 0.03);
        Assert.InRange(fit, 0.3, 0.995); // it is not straight
        Assert.Equal(1, result.Fit.RSquared[1], 6);
        Assert.Equal(result.Prediction[0], result.Base[0] + Enumerable.Range(0, 5).Sum(i => result.Values[i * 2]) + result.Residual[0], 12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_one_other_neighbours()
    {
        var (instance, background) = (Explain.Row(6, new Random(3)), Explain.Rows(30, 6, seed: 4));
        double[] Values(long seed) => Approximate(new FunctionModel(6, Curved), instance, background, seed, budget: 2000).Values;

        Assert.Equal(Values(7), Values(7));
        Assert.NotEqual(Values(7), Values(8));
    }

    [Fact]
    public void A_feature_that_does_not_differ_has_no_part_and_a_model_that_does_not_vary_is_fitted()
    {
        double[] instance = [1, 2, 3];

        var result = Approximate(new FunctionModel(3, x => x[0], _ => 0.25), instance, [[0, 2, 1], [5, 2, 2]]);

        Assert.Equal(0, result.Values[2]);
        Assert.Equal([0, 0, 0], new[] { result.Values[1], result.Values[3], result.Values[5] });
        Assert.Equal(1, result.Fit!.RSquared[1]);
        Assert.Equal([0.0, 0, 0], Approximate(new FunctionModel(3, x => x[0]), instance, [instance]).Values);
    }

    [Fact]
    public void The_budget_is_kept_and_too_small_a_one_is_refused()
    {
        var model = new FunctionModel(4, Curved);
        var game = Explain.Game(model, Explain.Row(4, new Random(9)), Explain.Rows(10, 4, seed: 10));

        Assert.Equal("explainer.budget_too_small", new Lime().Refuse(game, Explain.Settings(budget: 26))?.Code);
        Assert.Null(new Lime().Refuse(game, Explain.Settings(budget: 27)));
        new Lime().Explain(game, Explain.Settings(budget: 27), default);
        Assert.Equal(27, model.RowsEvaluated);
        Assert.Equal("explainer.too_many_features", new Lime().Refuse(game, Explain.Settings() with { Limits = Explain.Limits with { LimePlayers = 3 } })?.Code);
    }

    private static double Curved(double[] x) => (x[0] * x[1]) + Math.Sin(3 * x[2]) + x[3];

    private static AttributionResult Approximate(FunctionModel model, double[] instance, double[][] background, long seed = 1, long? budget = null) =>
        new Lime().Explain(Explain.Game(model, instance, background), Explain.Settings(seed, budget), default);
}
