using Platform.Onnx.Graphs;

namespace Platform.Onnx.Isolation;

/// <summary>What single operators may do to the process that runs them.</summary>
internal static class HazardRules
{
    private const string Divides = "divides whole numbers by values that are not known to be other than 0 and -1";
    private const string Averages = "averages whole numbers, of which there may be none";
    private const string ZeroCount = "has an attribute of 0 where numbers are divided by it";
    private const string Sized = "makes a tensor as large as numbers in a request say";

    /// <summary>Operators whose output is as large as these of their inputs say.</summary>
    private static readonly Dictionary<string, int[]> SizeInputs = new()
    {
        ["ConstantOfShape"] = [0], ["Expand"] = [1], ["Tile"] = [1, 2], ["Range"] = [0, 1, 2], ["Resize"] = [1, 2, 3], ["Upsample"] = [1], ["Pad"] = [1],
        ["OneHot"] = [1], ["CenterCropPad"] = [1], ["Col2Im"] = [0, 1], ["HannWindow"] = [0], ["HammingWindow"] = [0], ["BlackmanWindow"] = [0],
        ["MelWeightMatrix"] = [0, 1, 2, 3, 4], ["DFT"] = [1], ["STFT"] = [1, 3], ["MaxUnpool"] = [2], ["AffineGrid"] = [1],
    };

    /// <summary>Attributes that sizes are divided by.</summary>
    private static readonly HashSet<string> Divisors =
        ["strides", "dilations", "group", "blocksize", "num_heads", "kv_num_heads", "q_num_heads", "num_groups", "block_size"];

    /// <summary>What a use of an operator may do; null where that is nothing.</summary>
    public static NativeHazard? Judge(OnnxNode node, IReadOnlyList<ValueFacts> inputs)
    {
        var (name, domain) = (node.Operator.Name, node.Operator.Domain);
        if (name is "Div" or "Mod" && domain.Length == 0 && !IsHarmlessDivision(inputs)) return Hazard(node, Divides, endsProcess: true);
        if (name is "ReduceMean" or "Mean" && domain.Length == 0 && (inputs.Count == 0 || inputs[0].Kind != ElementKind.Floating))
            return Hazard(node, Averages, endsProcess: true);
        if (node.Attributes.Values.Any(IsZeroDivisor)) return Hazard(node, ZeroCount, endsProcess: true);
        return domain.Length == 0 && SizeInputs.TryGetValue(name, out var sizes) && sizes.Any(size => size < inputs.Count && inputs[size].FromRequest)
            ? Hazard(node, Sized, endsProcess: false)
            : null;
    }

    /// <summary>Both operands have the same type, so that either tells it.</summary>
    private static bool IsHarmlessDivision(IReadOnlyList<ValueFacts> inputs) =>
        inputs.Count == 2 && (inputs[0].Kind == ElementKind.Floating || inputs[1].Kind == ElementKind.Floating || inputs[1].IsHarmlessDivisor);

    private static bool IsZeroDivisor(OnnxAttribute attribute) => Divisors.Contains(attribute.Name)
        && (attribute.Integers.Count > 0 ? attribute.Integers.Contains(0) : attribute is { Integer: 0, Reference: "", Truncated: false, Graph: null });

    private static NativeHazard Hazard(OnnxNode node, string why, bool endsProcess) => new(
        node.Operator.Domain.Length == 0 ? node.Operator.Name : $"{node.Operator.Domain}.{node.Operator.Name}",
        node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault(output => output.Length > 0) ?? "", why, endsProcess);
}
