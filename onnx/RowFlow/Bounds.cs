using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow;

/// <summary>
/// What elements are not below, so far as to see that a root or a division has no NaN to answer with: so exporters write the layer
/// normalisation, x / sqrt(mean(x²) + ε).
/// </summary>
internal static class Bounds
{
    /// <summary>The least number of a constant; null where not all are known.</summary>
    public static double? Of(OnnxConstant constant) => Numbers(constant) is { Length: > 0 } numbers ? numbers.Min() : null;

    /// <summary>What the elements of an operator's answer are not below, element by element.</summary>
    public static double? Of(Step step, IReadOnlyList<Flow> inputs)
    {
        var bounds = inputs.Select(input => input.AtLeast).ToArray();
        return step.Node.Operator.Name switch
        {
            "Abs" or "Exp" or "Sigmoid" or "HardSigmoid" or "Softplus" => 0,
            "Relu" => Math.Max(0, bounds[0] ?? 0),
            "Sqrt" => Math.Sqrt(Math.Max(0, bounds[0] ?? 0)),
            "Max" => bounds.Max(),
            "Add" or "Sum" when bounds.All(bound => bound is not null) => bounds.Sum(),
            "Mul" when IsSquare(step) => 0,
            "Mul" when bounds.All(bound => bound >= 0) => bounds.Aggregate((product, bound) => product * bound),
            "Div" when bounds is [>= 0, > 0] => 0,
            "Pow" when bounds[0] >= 0 || (Exponent(inputs) is { } exponent && double.IsEvenInteger(exponent)) => 0,
            "Clip" => OfClip(step),
            _ => null,
        };
    }

    /// <summary>What the answers of a reduction are not below.</summary>
    public static double? OfReduced(string name, Flow input) => name switch
    {
        "ReduceL1" or "ReduceL2" or "ReduceSumSquare" => 0,
        "ReduceMean" or "ReduceMax" or "ReduceMin" => input.AtLeast,
        "ReduceSum" when input.AtLeast >= 0 => 0,
        _ => null,
    };

    /// <summary>Whether an operator that may answer NaN or infinity does not do so with these inputs.</summary>
    public static bool KeepFinite(Step step, IReadOnlyList<Flow> inputs) => step.Node.Operator.Name switch
    {
        "Sqrt" => inputs[0].AtLeast >= 0,
        "Log" or "Reciprocal" => inputs[0].AtLeast > 0,
        "Div" => inputs[1].AtLeast > 0
            || (inputs[1].Constant is { } divisor && Numbers(divisor) is { Length: > 0 } numbers && !numbers.Contains(0)),
        "Pow" => Exponent(inputs) is { } exponent && exponent >= 0 && (double.IsInteger(exponent) || inputs[0].AtLeast >= 0),
        _ => false,
    };

    private static double? Exponent(IReadOnlyList<Flow> inputs) => inputs.Count > 1 ? inputs[1].Constant?.Uniform() : null;

    /// <summary>Whether a number is multiplied by itself.</summary>
    private static bool IsSquare(Step step) => step.Node.Inputs is [var left, var right] && left == right;

    private static double? OfClip(Step step)
    {
        if (step.Version < 11) return step.Attribute("min")?.Number;
        // Above the upper bound nothing is, whatever the lower one says.
        var least = step[1]?.AtLeast;
        return step.Has(2) ? (step[2]!.AtLeast is { } most && least <= most ? least : null) : least;
    }

    private static double[]? Numbers(OnnxConstant constant)
    {
        if (constant.Numbers is { } numbers && numbers.Count == constant.Count) return [.. numbers];
        return constant.IsInteger && constant.Integers is { } whole && whole.Count == constant.Count ? [.. whole.Select(value => (double)value)] : null;
    }
}
