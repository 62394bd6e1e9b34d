using Platform.Explainer.Attribution;
using Platform.Explainer.Games;
using Platform.Explainer.Tests.Attribution;
using Platform.Onnx.Structures;

namespace Platform.Explainer.Tests.Models;

public sealed class GoldenTests
{
    [Theory]
    [InlineData("mlp.onnx")]
    [InlineData("linear.onnx")]
    [InlineData("product.onnx")]
    [InlineData("forest.onnx")]
    public void Exact_values_are_those_of_brute_force(string name)
    {
        var golden = GoldenModel.Read(name);
        using var subject = new OnnxSubject(golden.Path, golden.Output);
        foreach (var row in golden.Rows)
        {
            var result = Explain.Exactly(subject.Model, row.Input, golden.Background);

            Explain.AssertClose(row.Output, result.Prediction, 1e-6);
            Explain.AssertClose(row.Base, result.Base, 1e-6);
            Explain.AssertClose([.. row.Shapley.SelectMany(values => values)], result.Values, 2e-6);
            Assert.All(result.Residual, residual => Assert.True(Math.Abs(residual) < 1e-12));
        }
    }

    [Theory]
    [InlineData("mlp.onnx")]
    [InlineData("linear.onnx")]
    [InlineData("product.onnx")]
    [InlineData("forest.onnx")]
    public void Permutation_values_lie_within_their_errors_of_brute_force(string name)
    {
        var golden = GoldenModel.Read(name);
        using var subject = new OnnxSubject(golden.Path, golden.Output);
        foreach (var row in golden.Rows)
        {
            var result = Explain.ByPermutation(subject.Model, row.Input, golden.Background, budget: 20_000);

            var expected = row.Shapley.SelectMany(values => values).ToArray();
            for (var i = 0; i < expected.Length; i++)
            {
                var allowed = (5 * result.StandardErrors![i]) + 2e-6;
                Assert.True(Math.Abs(expected[i] - result.Values[i]) < allowed, $"[{i}] {expected[i]:R} {result.Values[i]:R} ± {allowed:R}");
            }

            Assert.All(result.Residual, residual => Assert.True(Math.Abs(residual) < 1e-12));
        }
    }

    [Theory]
    [InlineData("mlp.onnx")]
    [InlineData("linear.onnx")]
    [InlineData("product.onnx")]
    [InlineData("forest.onnx")]
    public void Kernel_values_over_every_coalition_are_those_of_brute_force(string name)
    {
        var golden = GoldenModel.Read(name);
        using var subject = new OnnxSubject(golden.Path, golden.Output);
        foreach (var row in golden.Rows)
        {
            var game = Explain.Game(subject.Model, row.Input, golden.Background);
            var result = new KernelShapley().Explain(game, Explain.Settings(), default);

            Explain.AssertClose([.. row.Shapley.SelectMany(values => values)], result.Values, 2e-6);
        }
    }

    [Theory]
    [InlineData("forest.onnx", "tree")]
    [InlineData("linear.onnx", "linear")]
    public void Values_by_the_structure_of_the_graph_are_those_of_brute_force(string name, string method)
    {
        var golden = GoldenModel.Read(name);
        using var subject = new OnnxSubject(golden.Path, golden.Output);
        var background = TabularBackground.Evaluate(subject.Model, [.. golden.Background.SelectMany(row => row)], default);
        var columns = Enumerable.Range(0, subject.Model.Outputs).ToArray();
        var structure = OutputStructure.Of(ModelStructure.Of(golden.Path), golden.Output, columns);
        foreach (var row in golden.Rows)
        {
            var prediction = new double[subject.Model.Outputs];
            subject.Model.Evaluate(row.Input, 1, prediction, default);
            var game = new TabularGame(subject.Model, row.Input, prediction, background) { Structure = structure };

            var chosen = AttributionMethods.Resolve(AttributionMethods.Auto, [game], Explain.Settings());
            var result = chosen.Explain(game, Explain.Settings(), default);

            Assert.Equal(method, chosen.Name);
            Explain.AssertClose([.. row.Shapley.SelectMany(values => values)], result.Values, 2e-6);
            Assert.All(result.Residual, residual => Assert.True(Math.Abs(residual) < 1e-6)); // the runtime's single precision
        }
    }

    [Theory]
    [InlineData("mlp.onnx")]
    [InlineData("product.onnx")]
    public void Other_models_are_said_to_have_no_such_structure(string name)
    {
        var golden = GoldenModel.Read(name);
        var structure = ModelStructure.Of(golden.Path);

        Assert.Empty(structure.Trees);
        Assert.Empty(structure.Linear);
    }

    [Fact]
    public void Dummies_of_the_product_get_exactly_zero_by_both_methods()
    {
        var golden = GoldenModel.Read("product.onnx");
        using var subject = new OnnxSubject(golden.Path, golden.Output);
        foreach (var row in golden.Rows)
        {
            Assert.Equal(new double[5], Explain.Exactly(subject.Model, row.Input, golden.Background).Values[3..]);
            Assert.Equal(new double[5], Explain.ByPermutation(subject.Model, row.Input, golden.Background, budget: 500).Values[3..]);
        }
    }

    [Theory]
    [InlineData("mlp.onnx")]
    [InlineData("product.onnx")]
    [InlineData("forest.onnx")]
    public void Equal_rows_get_equal_answers_to_the_last_bit_wherever_they_stand(string name)
    {
        var golden = GoldenModel.Read(name);
        using var subject = new OnnxSubject(golden.Path, golden.Output);
        var row = golden.Rows[0].Input;
        var alone = Evaluate(subject, [row]);
        for (var count = 1; count <= 70; count++)
        {
            double[][] batch = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? row : golden.Background[i % 20])];
            var answers = Evaluate(subject, batch);

            for (var i = 0; i < count; i += 3)
                Assert.Equal(alone, answers[(i * alone.Length)..((i + 1) * alone.Length)]);
        }
    }

    private static double[] Evaluate(OnnxSubject subject, double[][] rows)
    {
        var outputs = new double[rows.Length * subject.Model.Outputs];
        subject.Model.Evaluate([.. rows.SelectMany(row => row)], rows.Length, outputs, default);
        return outputs;
    }
}
