using Platform.Onnx.Structures;

namespace Platform.Explainer.Attribution;

/// <summary>Walks every tree with two rows at a time and adds what each feature contributes between them.</summary>
/// <param name="ensemble">The trees.</param>
/// <param name="instance">The row to explain.</param>
/// <param name="values">Row-major [features, ensemble outputs], added to.</param>
internal sealed class TreeWalk(TreeEnsemble ensemble, double[] instance, double[] values)
{
    private enum From : byte
    {
        Undecided,
        Instance,
        Background,
    }

    private readonly From[] _from = new From[instance.Length];
    private readonly List<double[]> _buffers = [];
    private readonly Dictionary<(int, int), double> _weights = [];

    /// <summary>Adds the Shapley values of the game between the instance and one background row.</summary>
    public void Add(ReadOnlySpan<double> background)
    {
        foreach (var root in ensemble.Roots) Visit(root, background, 0, 0, 0);
    }

    /// <summary>
    /// Returns, side by side for each output, what the leaves below give to each feature taken from the instance and cost each taken
    /// from the background. <paramref name="taken"/> and <paramref name="left"/> count the features of either kind above.
    /// </summary>
    private double[] Visit(int at, ReadOnlySpan<double> background, int taken, int left, int depth)
    {
        ref readonly var node = ref ensemble.Nodes[at];
        if (node.IsLeaf) return Leaf(node, taken, left, depth);
        var (mine, other) = (node.Next(instance), node.Next(background));
        if (mine == other) return Visit(mine, background, taken, left, depth);
        switch (_from[node.Feature])
        {
            case From.Instance: return Visit(mine, background, taken, left, depth);
            case From.Background: return Visit(other, background, taken, left, depth);
        }

        _from[node.Feature] = From.Instance;
        var with = Visit(mine, background, taken + 1, left, depth + 1);
        _from[node.Feature] = From.Background;
        var without = Visit(other, background, taken, left + 1, depth + 2);
        _from[node.Feature] = From.Undecided;
        return Part(node.Feature, with, without, depth);
    }

    /// <summary>The rows part here: the feature gets what is gained with it, less what is lost without it.</summary>
    private double[] Part(int feature, double[] with, double[] without, int depth)
    {
        var (sums, outputs) = (Buffer(depth), ensemble.Outputs);
        for (var output = 0; output < outputs; output++)
        {
            values[(feature * outputs) + output] += with[output] - without[outputs + output];
            sums[output] = with[output] + without[output];
            sums[outputs + output] = with[outputs + output] + without[outputs + output];
        }

        return sums;
    }

    private double[] Leaf(in TreeNode leaf, int taken, int left, int depth)
    {
        var (sums, outputs) = (Buffer(depth), ensemble.Outputs);
        var added = ensemble.ValuesOf(leaf);
        var (gain, loss) = (taken == 0 ? 0 : Weight(taken - 1, left), left == 0 ? 0 : Weight(taken, left - 1));
        for (var output = 0; output < outputs; output++) (sums[output], sums[outputs + output]) = (added[output] * gain, added[output] * loss);
        return sums;
    }

    /// <summary>a! b! / (a + b + 1)!, the share of orders in which a given feature comes after a and before b others.</summary>
    private double Weight(int a, int b)
    {
        if (_weights.TryGetValue((a, b), out var weight)) return weight;
        weight = 1.0 / (a + b + 1);
        for (var i = 1; i <= Math.Min(a, b); i++) weight *= i / (double)(Math.Max(a, b) + i);
        return _weights[(a, b)] = weight;
    }

    private double[] Buffer(int depth)
    {
        while (_buffers.Count <= depth) _buffers.Add(new double[2 * ensemble.Outputs]);
        return _buffers[depth];
    }
}
