namespace Platform.Onnx.Structures;

/// <summary>
/// The trees of an ensemble operator (ai.onnx.ml TreeEnsembleRegressor, TreeEnsembleClassifier): each output is a constant plus the
/// sum of one leaf of every tree. Nodes of all trees lie side by side.
/// </summary>
public sealed class TreeEnsemble
{
    /// <summary>For each tree, its root.</summary>
    public required int[] Roots { get; init; }

    /// <summary>The nodes.</summary>
    public required TreeNode[] Nodes { get; init; }

    /// <summary>Row-major [leaves, Outputs]: what a leaf adds to each output.</summary>
    public required double[] LeafValues { get; init; }

    /// <summary>What each output starts from.</summary>
    public required double[] Base { get; init; }

    /// <summary>Cells of a row that the trees look at, at most: one more than the largest feature's number.</summary>
    public int Features => Nodes.Max(node => node.IsLeaf ? 0 : node.Feature + 1);

    /// <summary>Numbers of an answer.</summary>
    public int Outputs => Base.Length;

    /// <summary>What a leaf adds.</summary>
    public ReadOnlySpan<double> ValuesOf(in TreeNode leaf) => LeafValues.AsSpan(leaf.Leaf * Outputs, Outputs);

    /// <summary>The answer to a row, without the rounding to single precision of a runtime.</summary>
    public void Evaluate(ReadOnlySpan<double> row, Span<double> outputs)
    {
        Base.CopyTo(outputs);
        foreach (var root in Roots)
        {
            var at = root;
            while (!Nodes[at].IsLeaf) at = Nodes[at].Next(row);
            var values = ValuesOf(Nodes[at]);
            for (var output = 0; output < outputs.Length; output++) outputs[output] += values[output];
        }
    }
}

/// <summary>A node of a tree.</summary>
/// <param name="Leaf">The number of the leaf; −1 for a branch.</param>
/// <param name="Comparison">How a branch compares.</param>
/// <param name="Feature">The cell it looks at.</param>
/// <param name="Threshold">What it compares with.</param>
/// <param name="MissingIsTrue">Whether NaN, which no comparison holds for, goes the way of true.</param>
/// <param name="True">The node where it holds.</param>
/// <param name="False">The node where it does not.</param>
public readonly record struct TreeNode(
    int Leaf, TreeComparison Comparison, int Feature, double Threshold, bool MissingIsTrue, int True, int False)
{
    /// <summary>Whether it adds something instead of branching.</summary>
    public bool IsLeaf => Leaf >= 0;

    /// <summary>Where a row goes.</summary>
    public int Next(ReadOnlySpan<double> row) => Holds(row[Feature]) ? True : False;

    private bool Holds(double value) => Comparison switch
    {
        _ when double.IsNaN(value) => MissingIsTrue || Comparison == TreeComparison.NotEqual,
        TreeComparison.LessOrEqual => value <= Threshold,
        TreeComparison.Less => value < Threshold,
        TreeComparison.GreaterOrEqual => value >= Threshold,
        TreeComparison.Greater => value > Threshold,
        TreeComparison.Equal => value == Threshold,
        _ => value != Threshold,
    };
}

/// <summary>How a branch compares a cell with its threshold.</summary>
public enum TreeComparison
{
    /// <summary>BRANCH_LEQ.</summary>
    LessOrEqual,

    /// <summary>BRANCH_LT.</summary>
    Less,

    /// <summary>BRANCH_GTE.</summary>
    GreaterOrEqual,

    /// <summary>BRANCH_GT.</summary>
    Greater,

    /// <summary>BRANCH_EQ.</summary>
    Equal,

    /// <summary>BRANCH_NEQ.</summary>
    NotEqual,
}
