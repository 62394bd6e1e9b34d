using Platform.Onnx.Graphs;

namespace Platform.Onnx.Structures;

/// <summary>What a model's graph says of how its outputs come from its one input, beyond their being answers.</summary>
/// <param name="Trees">For each output that is the sum of an ensemble's leaves, the ensemble.</param>
/// <param name="Linear">The outputs that are linear in the input's cells.</param>
public sealed record ModelStructure(IReadOnlyDictionary<string, TreeEnsemble> Trees, IReadOnlySet<string> Linear)
{
    /// <summary>Nothing is known.</summary>
    public static ModelStructure Unknown { get; } = new(new Dictionary<string, TreeEnsemble>(), new HashSet<string>());

    /// <summary>What can be told of the model in the file at <paramref name="path"/>; nothing where it has several inputs.</summary>
    public static ModelStructure Of(string path)
    {
        try
        {
            return Of(OnnxFileReader.Read(path));
        }
        catch (InvalidDataException)
        {
            return Unknown; // too large or too strange a graph to be looked at; the runtime has taken it
        }
    }

    private static ModelStructure Of(OnnxModel model)
    {
        var inputs = model.Graph.Inputs.Where(input => !model.Graph.Constants.ContainsKey(input.Name)).ToList();
        if (inputs is not [var input] || model.Functions.Count > 0) return Unknown;
        var graph = new Producers(model.Graph, input.Name);
        var trees = new Dictionary<string, TreeEnsemble>();
        foreach (var output in model.Graph.Outputs)
        {
            if (TreeEnsembleReader.Find(graph, output.Name) is { } ensemble) trees[output.Name] = ensemble;
        }

        return new ModelStructure(trees, model.Graph.Outputs.Select(output => output.Name).Where(name => LinearOutputs.IsLinear(graph, name)).ToHashSet());
    }
}
