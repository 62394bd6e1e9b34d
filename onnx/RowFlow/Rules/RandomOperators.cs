using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that draw numbers. A seed fixes the first draw of a session, not that of every run.</summary>
internal static class RandomOperators
{
    public static IReadOnlyList<string> Names { get; } =
        ["RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli"];

    /// <summary>The first such operator of a model, wherever it stands; null where there is none.</summary>
    public static RowMixing? Find(OnnxModel model)
    {
        var constants = new Dictionary<string, OnnxConstant>(model.Graph.Constants);
        foreach (var node in model.Graph.Nodes)
            if (node.Attributes.GetValueOrDefault("value")?.Tensor is { } tensor && node.Outputs is [var name]) constants[name] = tensor;
        return Find(model.Graph.Nodes, constants)
            ?? model.Functions.Values.Select(function => Find(function.Nodes, constants)).FirstOrDefault(found => found is not null);
    }

    private static RowMixing? Find(IEnumerable<OnnxNode> nodes, Dictionary<string, OnnxConstant> constants) =>
        nodes.Select(node => Find(node, constants)).FirstOrDefault(found => found is not null);

    private static RowMixing? Find(OnnxNode node, Dictionary<string, OnnxConstant> constants)
    {
        if (Names.Contains(node.Operator.Name) || IsTrainingDropout(node, constants))
            return new RowMixing(node.Operator.Name, node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault() ?? "", "is random");
        return node.Attributes.Values.Select(attribute => attribute.Graph is { } graph ? Find(graph.Nodes, constants) : null)
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>Whether a Dropout is told, by anything but a constant false, that it trains.</summary>
    private static bool IsTrainingDropout(OnnxNode node, Dictionary<string, OnnxConstant> constants) =>
        node.Operator.Name == "Dropout" && node.Inputs is [_, _, { Length: > 0 } mode, ..]
        && constants.GetValueOrDefault(mode) is not { Integers: [0] };
}
