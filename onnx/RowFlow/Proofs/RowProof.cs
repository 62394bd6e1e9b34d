using Platform.Onnx.Graphs;
using Platform.Onnx.Isolation;
using Random = Platform.Onnx.RowFlow.Rules.RandomOperators;

namespace Platform.Onnx.RowFlow.Proofs;

/// <summary>
/// Follows the rows of a batch through a model's graph, operator by operator (an abstract interpretation), and finds out whether
/// every row's answer depends on that row alone. What it cannot prove it takes to be mixed.
/// </summary>
/// <param name="Mixing">What mixes the rows, or cannot be proved not to; null where nothing does.</param>
/// <param name="Randomness">An operator that answers the same row differently each time; null where there is none.</param>
public sealed record RowProof(RowMixing? Mixing, RowMixing? Randomness)
{
    /// <summary>What a row may do to the process that runs it; null where that is nothing.</summary>
    public NativeHazard? Hazard { get; init; }

    /// <summary>What can be proved of the model in the file at <paramref name="path"/>.</summary>
    public static RowProof Of(string path)
    {
        try
        {
            var model = OnnxFileReader.Read(path);
            return new RowProof(FindMixing(model, path), Random.Find(model)) { Hazard = HazardWalker.Find(model) };
        }
#pragma warning disable CA1031 // whatever a file holds that the rules do not expect, it is not proved; that it runs, the runtime says
        catch (Exception exception) when (exception is not IOException)
#pragma warning restore CA1031
        {
            return new RowProof(new RowMixing("The graph", "", $"cannot be followed: {exception.Message}"), null) { Hazard = NativeHazard.Find(path) };
        }
    }

    private static RowMixing? FindMixing(OnnxModel model, string path)
    {
        var sizes = new SizeTable();
        var scope = new GraphScope(null, model.OperatorSets, sizes, path, "") { Constants = model.Graph.Constants };
        // A constant that is an input as well is a default: what is proved holds for requests that leave it as it is.
        foreach (var input in model.Graph.Inputs.Where(input => !model.Graph.Constants.ContainsKey(input.Name)))
            scope.Set(input.Name, Flows.OfInput(input, sizes));

        new GraphWalker(model).Walk(model.Graph.Nodes, scope);
        return model.Graph.Outputs.Select(output => Judge(output.Name, scope.Find(output.Name), sizes))
            .FirstOrDefault(mixing => mixing is not null);
    }

    /// <summary>What keeps an output from being divided among the rows; null where nothing does.</summary>
    private static RowMixing? Judge(string name, Flow flow, SizeTable sizes)
    {
        if (flow.Mixing is { } mixing) return mixing;
        if (flow.Rows is not { } rows || flow.Shape is not { } shape) return Output(name, "holds no rows");
        if (rows.Axis != 0 || !rows.IsPlain) return Output(name, "does not have its rows, one each, in its first dimension");
        return shape.Any(sizes.Varies) ? Output(name, "is as long as the longest row of the batch") : null;
    }

    private static RowMixing Output(string name, string why) => new("The output", name, why);
}
