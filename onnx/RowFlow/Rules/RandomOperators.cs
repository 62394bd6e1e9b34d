using Platform.Onnx.Batching;
using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that draw numbers. A seed fixes the first draw of a session, not that of every run.</summary>
internal static class RandomOperators
{
    public static IReadOnlyList<string> Names { get; } = ["RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli"];

    /// <summary>The first such operator of a model, wherever it stands; null where there is none.</summary>
    public static RowMixing? Find(OnnxModel model) =>
        Find(model.Graph.Nodes) ?? model.Functions.Values.Select(function => Find(function.Nodes)).FirstOrDefault(found => found is not null);

    private static RowMixing? Find(IEnumerable<OnnxNode> nodes) => nodes.Select(Find).FirstOrDefault(found => found is not null);

    private static RowMixing? Find(OnnxNode node)
    {
        var draws = Names.Contains(node.Operator.Name) || (node.Operator.Name == "Dropout" && node.Inputs.Count > 2 && node.Inputs[2].Length > 0);
        if (draws) return new RowMixing(node.Operator.Name, node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault() ?? "", "is random");
        return node.Attributes.Values.Select(attribute => attribute.Graph is { } graph ? Find(graph.Nodes) : null).FirstOrDefault(found => found is not null);
    }
}
