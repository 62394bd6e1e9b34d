using Platform.Onnx.Graphs;

namespace Platform.Onnx.Structures;

/// <summary>Which operator each tensor of a graph comes from.</summary>
internal sealed class Producers
{
    private readonly Dictionary<string, OnnxNode> _nodes = [];
    private readonly OnnxGraph _graph;

    public Producers(OnnxGraph graph, string input)
    {
        (_graph, Input) = (graph, input);
        foreach (var node in graph.Nodes)
        {
            foreach (var output in node.Outputs) _nodes[output] = node;
        }
    }

    /// <summary>The name of the model's one input.</summary>
    public string Input { get; }

    public OnnxNode? Of(string tensor) => _nodes.GetValueOrDefault(tensor);

    /// <summary>Whether a tensor is the same for every request.</summary>
    public bool IsConstant(string tensor) => _graph.Constants.ContainsKey(tensor) || Of(tensor) is { Operator: { Domain: "", Name: "Constant" } };

    /// <summary>The tensor that another is a plain copy of, itself where it is none.</summary>
    public string Origin(string tensor)
    {
        // As many steps as there are operators: a graph that leads back to itself is none that runs.
        for (var step = 0; step < _nodes.Count && Of(tensor) is { Operator: { Domain: "", Name: "Identity" } } copy; step++) tensor = copy.Inputs[0];
        return tensor;
    }
}
