using Platform.Onnx.Structures;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Structures;

/// <summary>What is told of a model costs time and memory by the size of its file, whatever the file says.</summary>
public sealed class ModelStructureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>More ways lead from the input to the output than could ever be walked.</summary>
    [Fact]
    public void Each_tensor_is_looked_at_once()
    {
        var file = new OnnxFile().Input("x0", Datatype.FP32, "n", 3);
        for (var i = 0; i < 100; i++) file.Node("Add", [$"x{i}", $"x{i}"], [$"x{i + 1}"]);
        Assert.Equal(["x100"], Read(file.Output("x100", Datatype.FP32, "n", 3)).Linear);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(900, true)]
    [InlineData(5000, false)]
    public void A_tree_that_is_too_deep_to_be_walked_is_none(int depth, bool isTree) =>
        Assert.Equal(isTree, Read(Regressor(depth, targets: 1)).Trees.ContainsKey("y"));

    [Theory]
    [InlineData(3, true)]
    [InlineData(1L << 30, false)]
    [InlineData(1L << 40, false)]
    public void So_is_one_with_more_outputs_than_could_be_kept(long targets, bool isTree) =>
        Assert.Equal(isTree, Read(Regressor(depth: 8, targets)).Trees.ContainsKey("y"));

    private ModelStructure Read(OnnxFile file) => ModelStructure.Of(file.Save(_folder.Path));

    /// <summary>One tree: at each level a leaf on one side and the rest on the other.</summary>
    private static OnnxFile Regressor(int depth, long targets)
    {
        var (branches, nodes) = (depth, (2 * depth) + 1); // branch i is node i, the leaves follow
        var numbers = Enumerable.Range(0, nodes).Select(node => (long)node).ToArray();
        var leaves = numbers.Skip(branches).ToArray();
        return new OnnxFile().Import("ai.onnx.ml", 3).Input("x", Datatype.FP32, "n", 2).Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml",
            OnnxFile.Integers("nodes_treeids", new long[nodes]), OnnxFile.Integers("nodes_nodeids", numbers), OnnxFile.Integers("nodes_featureids", new long[nodes]),
            OnnxFile.Singles("nodes_values", [.. numbers.Select(node => (float)node)]),
            OnnxFile.Texts("nodes_modes", [.. numbers.Select(node => node < branches ? "BRANCH_LEQ" : "LEAF")]),
            OnnxFile.Integers("nodes_truenodeids", [.. numbers.Select(node => node < branches ? branches + node : 0)]),
            OnnxFile.Integers("nodes_falsenodeids", [.. numbers.Select(node => node >= branches ? 0 : node == branches - 1 ? nodes - 1 : node + 1)]),
            OnnxFile.Integers("target_treeids", new long[leaves.Length]), OnnxFile.Integers("target_nodeids", leaves),
            OnnxFile.Integers("target_ids", new long[leaves.Length]), OnnxFile.Singles("target_weights", new float[leaves.Length]),
            OnnxFile.Integer("n_targets", targets)).Output("y", Datatype.FP32, "n", 1);
    }
}
