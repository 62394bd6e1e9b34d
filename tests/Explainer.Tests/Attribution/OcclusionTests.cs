using Platform.Explainer.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Attribution;

public sealed class OcclusionTests
{
    private static double Product(double[] x) => (x[0] * x[1]) + x[2];

    [Fact]
    public void A_part_is_what_the_prediction_loses_without_the_feature()
    {
        var (background, instance) = (Explain.Rows(20, 4, seed: 1), Explain.Row(4, new Random(2)));

        var result = Occlude(new FunctionModel(4, Product), instance, background);

        var expected = Enumerable.Range(0, 4).Select(feature => background.Average(row =>
        {
            var cells = instance.ToArray();
            cells[feature] = row[feature];
            return Product(instance) - Product(cells);
        })).ToArray();
        Explain.AssertClose(expected, result.Values, 1e-12);
        Assert.Null(result.StandardErrors);
        Assert.Equal(result.Prediction[0], result.Base[0] + result.Values.Sum() + result.Residual[0], 12);
        Assert.NotEqual(0, result.Residual[0], 3); // x0 and x1 count for both what they do together
    }

    [Fact]
    public void A_small_budget_takes_some_background_rows_and_says_how_far_off_that_may_be()
    {
        var (background, instance) = (Explain.Rows(50, 4, seed: 3), Explain.Row(4, new Random(4)));
        var model = new FunctionModel(4, Product);

        var result = Occlude(model, instance, background, budget: 91);

        Assert.Equal(91, model.RowsEvaluated); // 1 + 50, and ten rows without each of the four
        var whole = Occlude(new FunctionModel(4, Product), instance, background);
        for (var i = 0; i < 4; i++)
            Assert.True(Math.Abs(whole.Values[i] - result.Values[i]) <= 5 * result.StandardErrors![i], $"feature {i}");
    }

    [Fact]
    public void Too_small_a_budget_is_refused()
    {
        var game = Explain.Game(new FunctionModel(4, Product), Explain.Row(4, new Random(9)), Explain.Rows(10, 4, seed: 10));

        Assert.Equal("explainer.budget_too_small", new Occlusion().Refuse(game, Explain.Settings(budget: 14))?.Code);
        Assert.Null(new Occlusion().Refuse(game, Explain.Settings(budget: 15)));
    }

    private static AttributionResult Occlude(FunctionModel model, double[] instance, double[][] background, long? budget = null) =>
        new Occlusion().Explain(Explain.Game(model, instance, background), Explain.Settings(budget: budget), default);
}
