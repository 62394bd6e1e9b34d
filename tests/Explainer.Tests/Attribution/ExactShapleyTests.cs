using Platform.Explainer.Attribution;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Attribution;

public sealed class ExactShapleyTests
{
    private static readonly double[] Weights = [1.5, -2, 0.25, 3, 0, -0.5];

    [Fact]
    public void A_linear_model_gets_weight_times_distance_from_the_mean()
    {
        var background = Explain.Rows(17, 6, seed: 1);
        var instance = Explain.Row(6, new Random(2));
        var model = new FunctionModel(6, cells => 4 + cells.Zip(Weights, (cell, weight) => cell * weight).Sum());

        var result = Explain.Exactly(model, instance, background);

        var expected = Weights.Select((weight, i) => weight * (instance[i] - background.Average(row => row[i]))).ToArray();
        Explain.AssertClose(expected, result.Values, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_model_with_interactions_equals_the_mean_over_all_orders(int seed)
    {
        static double Function(double[] x) => x[0] * x[1] * x[2] + Math.Sin(x[3] * x[0]) - (x[4] > 0 ? x[1] : x[2]);
        var background = Explain.Rows(7, 5, seed);
        var instance = Explain.Row(5, new Random(seed + 100));

        var result = Explain.Exactly(new FunctionModel(5, Function), instance, background);

        Explain.AssertClose(BruteForce.Shapley(Function, instance, background), result.Values, 1e-12);
    }

    [Fact]
    public void Exclusive_or_of_two_bits_is_shared_equally_and_a_third_gets_nothing()
    {
        var model = new FunctionModel(3, x => (x[0] != 0) ^ (x[1] != 0) ? 1 : 0);

        var result = Explain.Exactly(model, [1, 0, 1], [[0, 0, 0], [1, 1, 0]]);

        Explain.AssertClose([0.5, 0.5, 0], result.Values, 1e-15);
        Assert.Equal(0.0, result.Values[2]);
    }

    [Fact]
    public void Every_output_is_explained_as_if_it_were_alone()
    {
        Func<double[], double>[] functions = [x => x[0] * x[1], x => x[2] - x[0], x => Math.Exp(x[1] * x[2])];
        var background = Explain.Rows(5, 3, seed: 4);
        var instance = Explain.Row(3, new Random(5));

        var together = Explain.Exactly(new FunctionModel(3, functions), instance, background);

        for (var output = 0; output < 3; output++)
        {
            var alone = Explain.Exactly(new FunctionModel(3, functions[output]), instance, background);
            Assert.Equal(alone.Values, together.Values.Where((_, i) => i % 3 == output));
        }
    }

    [Fact]
    public void A_feature_the_model_ignores_gets_exactly_zero()
    {
        var model = new FunctionModel(4, x => 0.1 * x[0] + x[1] * x[3] / 3);

        var result = Explain.Exactly(model, Explain.Row(4, new Random(7)), Explain.Rows(13, 4, seed: 8));

        Assert.Equal(0.0, result.Values[2]);
    }

    [Fact]
    public void Features_that_play_the_same_part_get_the_same_value()
    {
        var model = new FunctionModel(3, x => x[0] * x[1] + x[2]);

        var result = Explain.Exactly(model, [2, 2, 5], [[1, 1, 0], [-3, -3, 1]]);

        Assert.Equal(result.Values[0], result.Values[1], 14);
    }

    [Fact]
    public void Base_and_values_add_up_to_the_prediction()
    {
        var background = Explain.Rows(9, 8, seed: 10);
        var model = new FunctionModel(8, x => Math.Tanh(x.Sum()) * x[3], x => x.Max());

        var result = Explain.Exactly(model, Explain.Row(8, new Random(11)), background);

        for (var output = 0; output < 2; output++)
        {
            var sum = result.Base[output] + result.Values.Where((_, i) => i % 2 == output).Sum();
            Assert.Equal(result.Prediction[output], sum + result.Residual[output], 14);
            Assert.True(Math.Abs(result.Residual[output]) < 1e-13);
        }
    }

    [Fact]
    public void A_feature_equal_to_the_background_costs_nothing_and_gets_zero()
    {
        var model = new FunctionModel(6, x => x[0] * x[1] + x[5] * x[2]);
        double[] instance = [1, 2, 3, 4, 5, 6];

        var result = Explain.Exactly(model, instance, [[9, 9, 3, 4, 5, 6], [1, 2, 3, 4, 5, 7]]);

        Assert.Equal([0, 0, 0], result.Values[2..5]);
        Assert.Equal(1 + 2, result.Evaluations); // f(x), then 2² − 2 coalitions against the first row and none against the second
        Assert.Equal(1 + 2 + 2, model.RowsEvaluated);
    }

    [Fact]
    public void A_missing_value_on_both_sides_does_not_vary()
    {
        var model = new FunctionModel(2, x => double.IsNaN(x[0]) ? x[1] : x[0]);

        var result = Explain.Exactly(model, [double.NaN, 3], [[double.NaN, 1]]);

        Assert.Equal([0, 2], result.Values);
    }

    [Fact]
    public void An_instance_that_is_the_background_has_no_attributions()
    {
        var model = new FunctionModel(3, x => x.Sum());

        var result = Explain.Exactly(model, [1, 2, 3], [[1, 2, 3]]);

        Assert.Equal([0, 0, 0], result.Values);
        Assert.Equal([0], result.Residual);
    }

    [Fact]
    public void Many_coalitions_are_evaluated_in_bounded_batches()
    {
        var model = new FunctionModel(13, x => x.Sum());

        var result = Explain.Exactly(model, Explain.Row(13, new Random(1)), Explain.Rows(2, 13, seed: 2));

        Assert.True(model.LargestBatch <= 1024);
        Assert.Equal(1 + 2 * (8192 - 2), result.Evaluations);
        Assert.True(Math.Abs(result.Residual[0]) < 1e-12);
    }

    [Fact]
    public void More_varying_features_than_the_limit_are_refused()
    {
        var game = Explain.Game(new FunctionModel(21, x => x[0]), Explain.Row(21, new Random(1)), Explain.Rows(1, 21, seed: 2));

        var refusal = new ExactShapley().Refuse(game, Explain.Settings());

        Assert.Equal("explainer.too_many_features", refusal?.Code);
        Assert.Contains("21", refusal!.Detail);
    }

    [Fact]
    public void More_work_than_the_limit_is_refused()
    {
        var game = Explain.Game(new FunctionModel(18, x => x[0]), Explain.Row(18, new Random(1)), Explain.Rows(8, 18, seed: 2));

        Assert.Equal("explainer.work_too_large", new ExactShapley().Refuse(game, Explain.Settings())?.Code);
    }

    [Fact]
    public void A_table_beyond_the_memory_for_it_is_refused()
    {
        Func<double[], double>[] outputs = [.. Enumerable.Repeat((double[] x) => x[0], 100)];
        var game = Explain.Game(new FunctionModel(18, outputs), Explain.Row(18, new Random(1)), Explain.Rows(1, 18, seed: 2));

        var refusal = new ExactShapley().Refuse(game, Explain.Settings());

        Assert.Equal("explainer.work_too_large", refusal?.Code);
        Assert.Contains("classes", refusal!.Detail);
    }

    [Fact]
    public void A_wide_input_with_few_varying_features_is_accepted()
    {
        var background = new double[300];
        var instance = background.ToArray();
        (instance[3], instance[299]) = (1, 2);
        var model = new FunctionModel(300, x => x[3] * x[299] + x[3]);
        var game = Explain.Game(model, instance, [background]);

        Assert.Null(new ExactShapley().Refuse(game, Explain.Settings()));
        var result = new ExactShapley().Explain(game, Explain.Settings(), default);
        Assert.Equal((2.0, 1.0), (result.Values[3], result.Values[299]));
    }

    [Fact]
    public void Cancelling_stops_the_work()
    {
        var game = Explain.Game(new FunctionModel(12, x => x[0]), Explain.Row(12, new Random(1)), Explain.Rows(1, 12, seed: 2));

        Assert.Throws<OperationCanceledException>(() => new ExactShapley().Explain(game, Explain.Settings(), new CancellationToken(true)));
    }
}
