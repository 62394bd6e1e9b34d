using Platform.Explainer.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Attribution;

public sealed class PermutationShapleyTests
{
    private static double Wild(double[] x) => x[0] * x[1] * x[2] + Math.Sin(3 * x[3] * x[4]) + (x[5] > 0 ? x[6] * x[7] : -x[0]);

    [Fact]
    public void A_linear_model_is_explained_without_error()
    {
        var background = Explain.Rows(10, 5, seed: 1);
        double[] weights = [2, -1, 0.5, 4, 0];
        var instance = Explain.Row(5, new Random(2));
        var model = new FunctionModel(5, cells => cells.Zip(weights, (cell, weight) => cell * weight).Sum());

        var result = Explain.ByPermutation(model, instance, background);

        var expected = weights.Select((weight, i) => weight * (instance[i] - background.Average(row => row[i]))).ToArray();
        Explain.AssertClose(expected, result.Values, 1e-12);
        Assert.All(result.StandardErrors!, error => Assert.True(error < 1e-12));
    }

    [Fact]
    public void One_antithetic_pair_is_exact_for_pairwise_interactions()
    {
        static double Pairwise(double[] x) => x[0] * x[1] - 2 * x[2] * x[3] + x[1] * x[3] + x[0];
        var background = Explain.Rows(6, 4, seed: 3);
        var instance = Explain.Row(4, new Random(4));
        const long onePair = 1 + 6 + (2 * 3 * 6);

        var result = Explain.ByPermutation(new FunctionModel(4, Pairwise), instance, background, budget: onePair);

        Explain.AssertClose(BruteForce.Shapley(Pairwise, instance, background), result.Values, 1e-12);
    }

    [Theory]
    [InlineData(900)]
    [InlineData(5_000)]
    [InlineData(50_000)]
    public void The_error_is_what_the_standard_error_says(long budget)
    {
        var background = Explain.Rows(8, 8, seed: 5);
        var instance = Explain.Row(8, new Random(6));
        var exact = Explain.Exactly(new FunctionModel(8, Wild), instance, background);
        var zScores = new List<double>();
        for (var seed = 0; seed < 30; seed++)
        {
            var result = Explain.ByPermutation(new FunctionModel(8, Wild), instance, background, seed, budget);
            foreach (var feature in new[] { 0, 1, 2, 5, 6, 7 }) // 3 and 4 only interact with each other: no error at all
                zScores.Add((result.Values[feature] - exact.Values[feature]) / result.StandardErrors![feature]);
        }

        var meanSquare = zScores.Average(z => z * z);
        Assert.InRange(meanSquare, 0.6, 1.6);
    }

    [Fact]
    public void Values_add_up_even_when_the_budget_reaches_only_some_background_rows()
    {
        var background = Explain.Rows(50, 8, seed: 7);
        var game = Explain.Game(new FunctionModel(8, Wild, x => x[0] * x[7]), Explain.Row(8, new Random(8)), background);

        var result = new PermutationShapley().Explain(game, Explain.Settings(budget: 200), default);

        Assert.All(result.Residual, residual => Assert.True(Math.Abs(residual) < 1e-12));
        Assert.Equal(background.Average(Wild), result.Base[0], 12);
        Assert.InRange(result.Evaluations + background.Length, 150, 200);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(555)]
    [InlineData(2048)]
    public void The_budget_is_never_exceeded(long budget)
    {
        var model = new FunctionModel(8, Wild);

        Explain.ByPermutation(model, Explain.Row(8, new Random(9)), Explain.Rows(10, 8, seed: 10), budget: budget);

        Assert.InRange(model.RowsEvaluated, budget / 2, budget);
    }

    [Fact]
    public void A_budget_below_the_least_is_refused_and_the_least_is_accepted()
    {
        var game = Explain.Game(new FunctionModel(8, Wild), Explain.Row(8, new Random(9)), Explain.Rows(10, 8, seed: 10));
        var method = new PermutationShapley();

        var refusal = method.Refuse(game, Explain.Settings(budget: 24));

        Assert.Equal("explainer.budget_too_small", refusal?.Code);
        Assert.Contains("25", refusal!.Detail);
        Assert.Null(method.Refuse(game, Explain.Settings(budget: 25)));
        Assert.True(Math.Abs(method.Explain(game, Explain.Settings(budget: 25), default).Residual[0]) < 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var background = Explain.Rows(10, 8, seed: 11);
        var instance = Explain.Row(8, new Random(12));

        var first = Explain.ByPermutation(new FunctionModel(8, Wild), instance, background, seed: 5, budget: 700);
        var again = Explain.ByPermutation(new FunctionModel(8, Wild), instance, background, seed: 5, budget: 700);
        var other = Explain.ByPermutation(new FunctionModel(8, Wild), instance, background, seed: 6, budget: 700);

        Assert.Equal(first.Values, again.Values);
        Assert.Equal(first.StandardErrors, again.StandardErrors);
        Assert.NotEqual(first.Values, other.Values);
    }

    [Fact]
    public void Dummies_get_exactly_zero_with_no_error()
    {
        var background = Explain.Rows(10, 6, seed: 13);
        foreach (var row in background)
            row[1] = 0.5;
        var instance = Explain.Row(6, new Random(14));
        instance[1] = 0.5;
        var model = new FunctionModel(6, x => Math.Exp(x[0] * x[2]) * x[5] + x[1]);

        foreach (var budget in new long[] { 40, 2_000 })
        {
            var result = Explain.ByPermutation(model, instance, background, budget: budget);

            Assert.Equal((0.0, 0.0, 0.0), (result.Values[1], result.Values[3], result.Values[4]));
            Assert.Equal((0.0, 0.0, 0.0), (result.StandardErrors![1], result.StandardErrors[3], result.StandardErrors[4]));
        }
    }

    [Fact]
    public void A_single_pair_against_a_single_background_row_claims_no_error()
    {
        var result = Explain.ByPermutation(
            new FunctionModel(8, Wild), Explain.Row(8, new Random(15)), Explain.Rows(1, 8, seed: 16), budget: 20);

        Assert.Null(result.StandardErrors);
        Assert.True(Math.Abs(result.Residual[0]) < 1e-12);
    }

    [Fact]
    public void Hundreds_of_features_are_explained_within_the_default_budget()
    {
        var model = new FunctionModel(784, x => Math.Tanh(x[..40].Sum()) * x[3] + 5 * x[700]);

        var result = Explain.ByPermutation(model, [.. Enumerable.Repeat(1.5, 784)], Explain.Rows(30, 784, seed: 18));

        Assert.True(model.RowsEvaluated <= Explain.Limits.DefaultBudget);
        Assert.True(Math.Abs(result.Residual[0]) < 1e-10);
        Assert.Equal(700, Array.IndexOf(result.Values.Select(Math.Abs).ToArray(), result.Values.Max(Math.Abs)));
    }

    [Theory]
    [InlineData(100, 20_000)]
    [InlineData(1, 4_096)]
    public void Without_a_budget_a_sensible_one_is_used_up(int backgroundRows, long expected)
    {
        var model = new FunctionModel(20, Wild);

        Explain.ByPermutation(model, Explain.Row(20, new Random(19)), Explain.Rows(backgroundRows, 20, seed: 20));

        Assert.InRange(model.RowsEvaluated, expected * 9 / 10, expected);
    }

    [Fact]
    public void An_input_wider_than_the_limit_is_refused()
    {
        var game = Explain.Game(new FunctionModel(5000, x => x[0]), new double[5000], [new double[5000]]);

        Assert.Equal("explainer.too_many_features", new PermutationShapley().Refuse(game, Explain.Settings())?.Code);
    }

    [Fact]
    public void Cancelling_stops_the_work()
    {
        var game = Explain.Game(new FunctionModel(8, Wild), Explain.Row(8, new Random(1)), Explain.Rows(4, 8, seed: 2));

        Assert.Throws<OperationCanceledException>(
            () => new PermutationShapley().Explain(game, Explain.Settings(), new CancellationToken(true)));
    }
}
