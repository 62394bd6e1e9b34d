using Platform.Explainer.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Attribution;

public sealed class KernelShapleyTests
{
    private static double Wild(double[] x) => x[0] * x[1] * x[2] + Math.Sin(3 * x[3] * x[4]) + (x[5] > 0 ? x[6] * x[7] : -x[0]);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void With_a_budget_for_every_coalition_the_values_are_those_of_brute_force(int features)
    {
        double Model(double[] x) => x.Aggregate((a, b) => (a * b) + Math.Tanh(a - b));
        var background = Explain.Rows(5, features, seed: 1);
        var instance = Explain.Row(features, new Random(2));

        var result = Kernel(new FunctionModel(features, Model), instance, background, budget: 5_000);

        Explain.AssertClose(BruteForce.Shapley(Model, instance, background), result.Values, 1e-10);
        Assert.Null(result.StandardErrors);
    }

    [Fact]
    public void A_single_feature_that_varies_gets_everything()
    {
        var result = Kernel(new FunctionModel(2, x => Math.Exp(x[0]) + x[1]), [1, 3], [[0, 3], [2, 3]]);

        Explain.AssertClose([Math.E - ((1 + Math.Exp(2)) / 2), 0], result.Values, 1e-12);
    }

    [Fact]
    public void Nothing_that_varies_leaves_nothing_to_divide()
    {
        var result = Kernel(new FunctionModel(2, x => x[0]), [1, 3], [[1, 3]]);

        Assert.Equal([0.0, 0.0], result.Values);
    }

    [Fact]
    public void The_error_is_what_the_standard_error_says()
    {
        var background = Explain.Rows(4, 12, seed: 5);
        var instance = Explain.Row(12, new Random(6));
        double Wide(double[] x) => Wild(x) + (x[8] * x[9] * x[10] * x[11]) + (x[1] * x[8] * x[5]);
        var exact = Explain.Exactly(new FunctionModel(12, Wide), instance, background);
        var zScores = new List<double>();
        for (var seed = 0; seed < 40; seed++)
        {
            var result = Kernel(new FunctionModel(12, Wide), instance, background, seed, budget: 3_000);
            for (var feature = 0; feature < 12; feature++)
                zScores.Add((result.Values[feature] - exact.Values[feature]) / result.StandardErrors![feature]);
        }

        Assert.InRange(zScores.Average(z => z * z), 0.5, 2.0); // a jackknife over ten groups: t with nine degrees has 1.3
    }

    [Theory]
    [InlineData(33)]
    [InlineData(200)]
    [InlineData(2_000)]
    public void Values_add_up_and_the_budget_is_never_exceeded(long budget)
    {
        var model = new FunctionModel(8, Wild, x => x[0] * x[7]);

        var result = Kernel(model, Explain.Row(8, new Random(9)), Explain.Rows(1, 8, seed: 10), budget: budget);

        Assert.All(result.Residual, residual => Assert.True(Math.Abs(residual) < 1e-12));
        Assert.True(model.RowsEvaluated <= budget, $"{model.RowsEvaluated} rows");
    }

    [Fact]
    public void Every_size_keeps_the_weight_of_the_kernel_whole_or_sampled()
    {
        var game = Explain.Game(new FunctionModel(9, x => x[0]), Explain.Row(9, new Random(1)), Explain.Rows(1, 9, seed: 2));

        var plan = KernelPlan.For(game, 9, Explain.Settings(budget: 150), new SeededRandom(1));

        double[] expected = [.. Enumerable.Range(1, 8).Select(size => 8.0 / (size * (9 - size)))];
        Assert.Equal(expected.Sum(), plan.Coalitions.Sum(coalition => coalition.Weight), 12);
        Assert.Equal(expected[0], plan.Coalitions.Where(coalition => Size(coalition) == 1).Sum(coalition => coalition.Weight), 12);
        Assert.Equal(18 + 72, plan.Coalitions.Count(coalition => coalition.Group < 0)); // sizes 1 and 8, 2 and 7
        Assert.All(plan.Coalitions, coalition => Assert.InRange(Size(coalition), 1, 8));
    }

    [Fact]
    public void Dummies_get_exactly_zero()
    {
        var background = Explain.Rows(4, 6, seed: 13);
        foreach (var row in background) row[1] = 0.5;
        var instance = Explain.Row(6, new Random(14));
        instance[1] = 0.5;

        var result = Kernel(new FunctionModel(6, x => Math.Exp(x[0] * x[2]) * x[5] + x[1]), instance, background, budget: 60);

        Assert.Equal((0.0, 0.0), (result.Values[1], result.StandardErrors?[1] ?? 0));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var (background, instance) = (Explain.Rows(3, 8, seed: 11), Explain.Row(8, new Random(12)));

        var first = Kernel(new FunctionModel(8, Wild), instance, background, seed: 5, budget: 200);
        var again = Kernel(new FunctionModel(8, Wild), instance, background, seed: 5, budget: 200);

        Assert.Equal(first.Values, again.Values);
        Assert.Equal(first.StandardErrors, again.StandardErrors);
        Assert.NotEqual(first.Values, Kernel(new FunctionModel(8, Wild), instance, background, seed: 6, budget: 200).Values);
    }

    [Fact]
    public void Too_small_a_budget_and_too_many_features_are_refused()
    {
        var method = new KernelShapley();
        var game = Explain.Game(new FunctionModel(8, Wild), Explain.Row(8, new Random(9)), Explain.Rows(10, 8, seed: 10));
        var wide = Explain.Game(new FunctionModel(600, x => x[0]), Explain.Row(600, new Random(9)), Explain.Rows(1, 600, seed: 10));

        Assert.Equal("explainer.budget_too_small", method.Refuse(game, Explain.Settings(budget: 170))?.Code);
        Assert.Null(method.Refuse(game, Explain.Settings(budget: 171)));
        Assert.Equal("explainer.too_many_features", method.Refuse(wide, Explain.Settings())?.Code);
    }

    [Fact]
    public void A_hundred_features_are_explained_within_the_default_budget()
    {
        var model = new FunctionModel(100, x => Math.Tanh(x[..40].Sum()) * x[3] + 5 * x[70]);

        var result = Kernel(model, [.. Enumerable.Repeat(1.5, 100)], Explain.Rows(30, 100, seed: 18));

        Assert.True(model.RowsEvaluated <= Explain.Limits.KernelDefaultBudget);
        Assert.Equal(70, Array.IndexOf(result.Values.Select(Math.Abs).ToArray(), result.Values.Max(Math.Abs)));
    }

    private static AttributionResult Kernel(FunctionModel model, double[] instance, double[][] background, long seed = 1, long? budget = null) =>
        new KernelShapley().Explain(Explain.Game(model, instance, background), Explain.Settings(seed, budget), default);

    private static int Size(WeighedCoalition coalition) => coalition.Members.Sum(System.Numerics.BitOperations.PopCount);
}
