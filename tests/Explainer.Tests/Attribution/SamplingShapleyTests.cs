using Platform.Explainer.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Attribution;

public sealed class SamplingShapleyTests
{
    private static double Wild(double[] x) => x[0] * x[1] * x[2] + Math.Sin(3 * x[3] * x[4]) + (x[5] > 0 ? x[6] * x[7] : -x[0]);

    [Theory]
    [InlineData(2_000)]
    [InlineData(20_000)]
    public void The_error_is_what_the_standard_error_says(long budget)
    {
        var (background, instance) = (Explain.Rows(8, 8, seed: 5), Explain.Row(8, new Random(6)));
        var exact = Explain.Exactly(new FunctionModel(8, Wild), instance, background);
        var zScores = new List<double>();
        for (var seed = 0; seed < 30; seed++)
        {
            var result = Sampling(new FunctionModel(8, Wild), instance, background, seed, budget);
            for (var feature = 0; feature < 8; feature++)
                zScores.Add((result.Values[feature] - exact.Values[feature]) / result.StandardErrors![feature]);
        }

        // What is given back makes the values better than their errors, as these are those of the single estimates.
        Assert.InRange(zScores.Average(z => z * z), 0.5, 1.4);
    }

    [Theory]
    [InlineData(43)]
    [InlineData(500)]
    [InlineData(5_001)]
    public void Values_add_up_and_the_budget_is_never_exceeded(long budget)
    {
        var model = new FunctionModel(8, Wild, x => x[0] * x[7]);

        var result = Sampling(model, Explain.Row(8, new Random(9)), Explain.Rows(10, 8, seed: 10), budget: budget);

        Assert.All(result.Residual, residual => Assert.True(Math.Abs(residual) < 1e-12));
        Assert.True(model.RowsEvaluated <= budget, $"{model.RowsEvaluated} rows");
    }

    [Fact]
    public void A_linear_model_against_one_row_has_no_error_and_dummies_get_zero()
    {
        var result = Sampling(new FunctionModel(3, x => (2 * x[0]) - x[1]), [1, 2, 3], [[0, 0, 3]], budget: 100);

        Explain.AssertClose([2, -2, 0], result.Values, 1e-12);
        Assert.Equal([0.0, 0.0, 0.0], result.StandardErrors!);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        var (background, instance) = (Explain.Rows(3, 8, seed: 11), Explain.Row(8, new Random(12)));

        var first = Sampling(new FunctionModel(8, Wild), instance, background, seed: 5, budget: 400);

        Assert.Equal(first.Values, Sampling(new FunctionModel(8, Wild), instance, background, seed: 5, budget: 400).Values);
        Assert.NotEqual(first.Values, Sampling(new FunctionModel(8, Wild), instance, background, seed: 6, budget: 400).Values);
    }

    [Fact]
    public void Too_small_a_budget_is_refused()
    {
        var game = Explain.Game(new FunctionModel(8, Wild), Explain.Row(8, new Random(9)), Explain.Rows(10, 8, seed: 10));

        Assert.Equal("explainer.budget_too_small", new SamplingShapley().Refuse(game, Explain.Settings(budget: 42))?.Code);
        Assert.Null(new SamplingShapley().Refuse(game, Explain.Settings(budget: 43)));
    }

    private static AttributionResult Sampling(FunctionModel model, double[] instance, double[][] background, long seed = 1, long? budget = null) =>
        new SamplingShapley().Explain(Explain.Game(model, instance, background), Explain.Settings(seed, budget), default);
}
