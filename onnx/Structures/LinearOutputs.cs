using Platform.Onnx.Graphs;

namespace Platform.Onnx.Structures;

/// <summary>Finds outputs that are linear (with a constant) in the cells of the input: only operators that keep that lead to them.</summary>
internal static class LinearOutputs
{
    private const int MaxDepth = 256;

    public static bool IsLinear(Producers graph, string output) => DependsLinearly(graph, output, [], MaxDepth);

    // Each tensor once: the ways that lead to one may be as many as two to the power of the operators.
    private static bool DependsLinearly(Producers graph, string tensor, HashSet<string> seen, int depth)
    {
        if (tensor == graph.Input || graph.IsConstant(tensor) || !seen.Add(tensor)) return true;
        return depth > 0 && graph.Of(tensor) is { } node && IsLinear(graph, node, tensor)
            && node.Inputs.Where(input => input.Length > 0).All(input => DependsLinearly(graph, input, seen, depth - 1));
    }

    /// <summary>Whether the operator's <paramref name="output"/> is linear in its inputs, of which none but one may vary where two are multiplied.</summary>
    private static bool IsLinear(Producers graph, OnnxNode node, string output) => (node.Operator.Domain, node.Operator.Name) switch
    {
        ("", "Identity" or "Add" or "Sub" or "Neg" or "Sum" or "Flatten" or "Transpose" or "Concat") => true,
        ("", "Reshape" or "Squeeze" or "Unsqueeze" or "Slice" or "Gather" or "ReduceSum" or "ReduceMean" or "Div") => RestIsConstant(graph, node),
        ("", "Mul" or "MatMul") => node.Inputs.Count(input => !graph.IsConstant(input)) <= 1,
        ("", "Gemm") => graph.IsConstant(node.Inputs[0]) || graph.IsConstant(node.Inputs[1]),
        ("", "Cast") => node.Attributes.TryGetValue("to", out var to) && OnnxConstant.Elements.IsFloat((int)to.Integer),
        ("ai.onnx.ml", "Scaler") => true,
        ("ai.onnx.ml", "LinearRegressor") => HasNoTransform(node),
        ("ai.onnx.ml", "LinearClassifier") => HasNoTransform(node) && node.Outputs.Count > 1 && output == node.Outputs[1],
        _ => false,
    };

    private static bool RestIsConstant(Producers graph, OnnxNode node) => node.Inputs.Skip(1).All(input => input.Length == 0 || graph.IsConstant(input));

    private static bool HasNoTransform(OnnxNode node) => !node.Attributes.TryGetValue("post_transform", out var transform) || transform.Text is "NONE" or null;
}
