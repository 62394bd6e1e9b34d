using Platform.Explainer.Attribution;
using Platform.Explainer.Games;
using Platform.Explainer.Tests.Games;
using Platform.Onnx.Structures;

namespace Platform.Explainer.Tests.Attribution;

public sealed class TreeShapleyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(20)]
    public void Values_of_random_trees_are_those_of_brute_force(int depth)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (ensemble, background, instance) = (RandomTrees(depth, seed), Cells(6, seed + 100), Cells(1, seed + 200)[0]);

            var result = ByTrees(ensemble, instance, background);

            for (var output = 0; output < ensemble.Outputs; output++)
            {
                var brute = BruteForce.Shapley(cells => Answer(ensemble, cells)[output], instance, background);
                Explain.AssertClose(brute, [.. Enumerable.Range(0, 5).Select(i => result.Values[(i * ensemble.Outputs) + output])], 1e-12);
            }
        }
    }

    [Fact]
    public void No_evaluation_of_the_model_is_spent()
    {
        var ensemble = RandomTrees(4, 1);

        Assert.Equal(1, ByTrees(ensemble, Cells(1, 3)[0], Cells(6, 2)).Evaluations); // f(x), which is known from the start
    }

    [Fact]
    public void Auto_takes_the_trees_where_they_answer_as_the_model_does()
    {
        var ensemble = RandomTrees(3, 1);
        var game = Game(ensemble, Model(ensemble), Cells(1, 3)[0], Cells(6, 2));

        Assert.Equal("tree", AttributionMethods.Resolve("auto", [game], Explain.Settings()).Name);
    }

    [Fact]
    public void A_model_that_answers_otherwise_than_its_trees_is_refused()
    {
        var ensemble = RandomTrees(3, 1);
        var other = new FunctionModel(5, cells => Answer(ensemble, cells)[0], cells => Answer(ensemble, cells)[1] + 0.01);
        var game = Game(ensemble, other, Cells(1, 3)[0], Cells(6, 2));

        Assert.Equal("explainer.method_not_applicable", new TreeShapley().Refuse(game, Explain.Settings())?.Code);
        Assert.Equal("exact", AttributionMethods.Resolve("auto", [game], Explain.Settings()).Name);
    }

    [Fact]
    public void A_model_without_trees_is_refused() =>
        Assert.Equal("explainer.method_not_applicable",
            new TreeShapley().Refuse(Explain.Game(new FunctionModel(1, x => x[0]), [1], [[0]]), Explain.Settings())?.Code);

    private static AttributionResult ByTrees(TreeEnsemble ensemble, double[] instance, double[][] background)
    {
        var game = Game(ensemble, Model(ensemble), instance, background);
        Assert.Null(new TreeShapley().Refuse(game, Explain.Settings()));
        return new TreeShapley().Explain(game, Explain.Settings(), default);
    }

    private static TabularGame Game(TreeEnsemble ensemble, FunctionModel model, double[] instance, double[][] background)
    {
        var plain = Explain.Game(model, instance, background);
        return new TabularGame(model, instance, plain.Prediction.ToArray(),
            TabularBackground.Evaluate(model, [.. background.SelectMany(row => row)], default))
        {
            Structure = new OutputStructure(ensemble, IsLinear: false, [0, 1]),
        };
    }

    private static FunctionModel Model(TreeEnsemble ensemble) => new(5, cells => Answer(ensemble, cells)[0], cells => Answer(ensemble, cells)[1]);

    private static double[] Answer(TreeEnsemble ensemble, double[] cells)
    {
        var outputs = new double[ensemble.Outputs];
        ensemble.Evaluate(cells, outputs);
        return outputs;
    }

    /// <summary>Rows of few distinct values, so that they meet thresholds, with missing ones among them.</summary>
    private static double[][] Cells(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 5)
            .Select(_ => random.Next(8) == 0 ? double.NaN : random.Next(7) - 3.0).ToArray())];
    }

    /// <summary>Three trees over five features, on each path of which features return; at most some thousand nodes.</summary>
    private static TreeEnsemble RandomTrees(int depth, int seed)
    {
        var random = new Random(seed);
        var (nodes, roots, leaves) = (new List<TreeNode>(), new List<int>(), 0);
        for (var tree = 0; tree < 3; tree++) roots.Add(Grow(0));
        return new TreeEnsemble
        {
            Roots = [.. roots],
            Nodes = [.. nodes],
            LeafValues = [.. Enumerable.Range(0, leaves * 2).Select(_ => (random.NextDouble() * 2) - 1)],
            Base = [0.5, -0.25],
        };

        int Grow(int level)
        {
            var at = nodes.Count;
            nodes.Add(default);
            if (level == depth || level > 5 && random.Next(2) == 0)
            {
                nodes[at] = new TreeNode(leaves++, default, 0, 0, false, 0, 0);
                return at;
            }

            var (yes, no) = (Grow(level + 1), Grow(level + 1));
            nodes[at] = new TreeNode(
                -1, (TreeComparison)random.Next(6), random.Next(5), random.Next(7) - 3, random.Next(2) == 0, yes, no);
            return at;
        }
    }
}
