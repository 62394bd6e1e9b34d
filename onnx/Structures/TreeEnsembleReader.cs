using Platform.Onnx.Graphs;

namespace Platform.Onnx.Structures;

/// <summary>
/// Reads the trees behind an output, where that is the sum of leaves alone: no transformation afterwards, no mean of targets, and
/// the input's cells as they are. Attributes as in the ONNX-ML operators, versions 1 and 3.
/// </summary>
internal static class TreeEnsembleReader
{
    private const string Domain = "ai.onnx.ml";

    // A number in the file says how many outputs there are, and needs no byte for each.
    private const long MostLeafValues = 1 << 24;

    // Whoever walks a tree calls itself at each branch, and has a stack that ends.
    private const int MaxDepth = 1000;

    /// <summary>The ensemble, or null where the output is something else or the file holds more than is looked at.</summary>
    public static TreeEnsemble? Find(Producers graph, string output)
    {
        var tensor = graph.Origin(output);
        if (graph.Of(tensor) is not { Operator.Domain: Domain } node || node.Inputs is not [var input] || graph.Origin(input) != graph.Input) return null;
        if (node.Attributes.Values.Any(attribute => attribute.Truncated) || Text(node, "post_transform") is not (null or "NONE")) return null;
        return node.Operator.Name switch
        {
            "TreeEnsembleRegressor" when Text(node, "aggregate_function") is null or "SUM" =>
                Read(node, "target", (int)Math.Clamp(Integer(node, "n_targets"), 1, int.MaxValue)),
            "TreeEnsembleClassifier" when node.Outputs.Count > 1 && node.Outputs[1] == tensor => ReadClassifier(node),
            _ => null,
        };
    }

    private static TreeEnsemble? ReadClassifier(OnnxNode node)
    {
        var classes = Math.Max(Integers(node, "classlabels_int64s").Count, Texts(node, "classlabels_strings").Count);
        var ids = Integers(node, "class_ids");
        if (classes != 2 || ids.Distinct().Count() > 1) return Read(node, "class", classes);
        return Read(node, "class", 1, onlyTarget: true) is { } one ? Complete(one, Singles(node, "class_weights")) : null;
    }

    /// <summary>
    /// Two classes of which the file weighs but one: where all weights are positive the other has what is left to 1, else the negative.
    /// That is what ONNX Runtime does; the ONNX-ML text leaves it open.
    /// </summary>
    private static TreeEnsemble Complete(TreeEnsemble one, List<float> weights)
    {
        var isShare = weights.TrueForAll(weight => weight >= 0);
        return new TreeEnsemble
        {
            Roots = one.Roots,
            Nodes = one.Nodes,
            LeafValues = [.. one.LeafValues.SelectMany(value => (double[])[-value, value])],
            Base = [(isShare ? 1 : 0) - one.Base[0], one.Base[0]],
        };
    }

    private static TreeEnsemble? Read(OnnxNode node, string target, int outputs, bool onlyTarget = false)
    {
        var (trees, ids) = (Integers(node, "nodes_treeids"), Integers(node, "nodes_nodeids"));
        var places = new Dictionary<(long Tree, long Node), int>();
        for (var i = 0; i < Math.Min(trees.Count, ids.Count); i++) places.TryAdd((trees[i], ids[i]), i);
        var (modes, features, thresholds) = (Texts(node, "nodes_modes"), Integers(node, "nodes_featureids"), Singles(node, "nodes_values"));
        var (whenTrue, whenFalse) = (Integers(node, "nodes_truenodeids"), Integers(node, "nodes_falsenodeids"));
        var missing = Integers(node, "nodes_missing_value_tracks_true");
        int[] counts = [ids.Count, modes.Count, features.Count, thresholds.Count, whenTrue.Count, whenFalse.Count, places.Count];
        if (outputs == 0 || trees.Count == 0 || Array.Exists(counts, count => count != trees.Count)) return null;

        var (nodes, leaves, hasParent) = (new TreeNode[trees.Count], 0, new bool[trees.Count]);
        for (var i = 0; i < nodes.Length; i++)
        {
            if (modes[i] == "LEAF")
            {
                nodes[i] = new TreeNode(leaves++, default, 0, 0, false, 0, 0);
                continue;
            }

            if (ComparisonOf(modes[i]) is not { } comparison || features[i] is < 0 or > int.MaxValue - 1) return null;
            if (!places.TryGetValue((trees[i], whenTrue[i]), out var yes) || !places.TryGetValue((trees[i], whenFalse[i]), out var no)) return null;
            if (hasParent[yes] || hasParent[no] || yes == no || yes == i || no == i) return null; // no tree
            (hasParent[yes], hasParent[no]) = (true, true);
            nodes[i] = new TreeNode(-1, comparison, (int)features[i], thresholds[i], missing.Count > i && missing[i] != 0, yes, no);
        }

        int[] roots = [.. Enumerable.Range(0, nodes.Length).Where(i => !hasParent[i])];
        if (roots.Length != trees.Distinct().Count() || IsTooDeep(nodes, roots)) return null; // a circle has no root
        return LeavesOf(node, target, outputs, onlyTarget, nodes, places, leaves) is { } values && BaseOf(node, outputs, onlyTarget) is { } start
            ? new TreeEnsemble { Roots = roots, Nodes = nodes, LeafValues = values, Base = start }
            : null;
    }

    private static bool IsTooDeep(TreeNode[] nodes, int[] roots)
    {
        var level = roots;
        for (var depth = 0; level.Length > 0; depth++)
        {
            if (depth == MaxDepth) return true;
            level = [.. level.Where(at => !nodes[at].IsLeaf).SelectMany(at => new[] { nodes[at].True, nodes[at].False })];
        }

        return false;
    }

    private static double[]? LeavesOf(
        OnnxNode node, string target, int outputs, bool onlyTarget, TreeNode[] nodes, Dictionary<(long, long), int> places, int leaves)
    {
        var (trees, ids) = (Integers(node, $"{target}_treeids"), Integers(node, $"{target}_nodeids"));
        var (targets, weights) = (Integers(node, $"{target}_ids"), Singles(node, $"{target}_weights"));
        if (ids.Count != trees.Count || targets.Count != trees.Count || weights.Count != trees.Count) return null;
        if ((long)leaves * outputs > MostLeafValues) return null;
        var values = new double[leaves * outputs];
        for (var i = 0; i < trees.Count; i++)
        {
            if (!places.TryGetValue((trees[i], ids[i]), out var place) || !nodes[place].IsLeaf) return null;
            var output = onlyTarget ? 0 : targets[i];
            if (output < 0 || output >= outputs) return null;
            values[(nodes[place].Leaf * outputs) + output] += weights[i];
        }

        return values;
    }

    private static double[]? BaseOf(OnnxNode node, int outputs, bool onlyTarget)
    {
        var given = Singles(node, "base_values");
        if (given.Count == 0) return new double[outputs];
        return given.Count == outputs && !onlyTarget ? [.. given.Select(value => (double)value)] : null;
    }

    private static TreeComparison? ComparisonOf(string mode) => mode switch
    {
        "BRANCH_LEQ" => TreeComparison.LessOrEqual,
        "BRANCH_LT" => TreeComparison.Less,
        "BRANCH_GTE" => TreeComparison.GreaterOrEqual,
        "BRANCH_GT" => TreeComparison.Greater,
        "BRANCH_EQ" => TreeComparison.Equal,
        "BRANCH_NEQ" => TreeComparison.NotEqual,
        _ => null,
    };

    private static string? Text(OnnxNode node, string name) => node.Attributes.GetValueOrDefault(name)?.Text;

    private static long Integer(OnnxNode node, string name) => node.Attributes.GetValueOrDefault(name)?.Integer ?? 0;

    private static List<long> Integers(OnnxNode node, string name) => node.Attributes.GetValueOrDefault(name)?.Integers ?? [];

    private static List<string> Texts(OnnxNode node, string name) => node.Attributes.GetValueOrDefault(name)?.Texts ?? [];

    private static List<float> Singles(OnnxNode node, string name) => node.Attributes.GetValueOrDefault(name)?.Singles ?? [];
}
