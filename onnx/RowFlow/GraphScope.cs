using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow;

/// <summary>What names mean in a graph, in a graph inside it, or in a function.</summary>
internal sealed class GraphScope(
    GraphScope? outer, IReadOnlyDictionary<string, long> operatorSets, SizeTable sizes, string file, string path)
{
    private readonly Dictionary<string, Flow> _flows = [];

    public SizeTable Sizes => sizes;

    /// <summary>The file that the graph comes from.</summary>
    public string File => file;

    /// <summary>Tells the names of this scope from those of others.</summary>
    public string Path => path;

    /// <summary>Constants that are looked up when they are asked for.</summary>
    public IReadOnlyDictionary<string, OnnxConstant> Constants { get; init; } = new Dictionary<string, OnnxConstant>();

    public IReadOnlyDictionary<string, long> OperatorSets => operatorSets;

    public long VersionOf(string domain) => operatorSets.GetValueOrDefault(domain, 1);

    public void Set(string name, Flow flow)
    {
        if (name.Length > 0) _flows[name] = flow;
    }

    /// <exception cref="InvalidDataException">Nothing has this name.</exception>
    public Flow Find(string name)
    {
        if (_flows.TryGetValue(name, out var flow)) return flow;
        if (Constants.TryGetValue(name, out var constant)) return _flows[name] = Flows.Of(constant);
        return outer?.Find(name) ?? throw new InvalidDataException($"nothing makes '{name}'");
    }
}
