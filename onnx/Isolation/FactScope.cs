using Platform.Onnx.Graphs;

namespace Platform.Onnx.Isolation;

/// <summary>What names mean in a graph, in a graph inside it, or in a function.</summary>
internal sealed class FactScope(FactScope? outer, IReadOnlyCollection<OnnxNode> nodes)
{
    private readonly Dictionary<string, ValueFacts> _facts = [];

    // What is made here later, in a file that is out of order, is not what bears the name further out.
    private readonly HashSet<string> _made = [.. nodes.SelectMany(node => node.Outputs)];

    public void Set(string name, ValueFacts facts)
    {
        // What two things in a file are called is either of them.
        if (name.Length > 0) _facts[name] = _facts.TryGetValue(name, out var before) ? before.Or(facts) : facts;
    }

    public void Set(IReadOnlyDictionary<string, OnnxConstant> constants)
    {
        foreach (var (name, constant) in constants) Set(name, _made.Contains(name) ? ValueFacts.Unknown : ValueFacts.Of(constant));
    }

    public ValueFacts Find(string name)
    {
        if (name.Length == 0) return new ValueFacts(ElementKind.Unknown, FromRequest: false); // an input that is left out
        if (_facts.TryGetValue(name, out var facts)) return facts;
        return _made.Contains(name) || outer is null ? ValueFacts.Unknown : outer.Find(name);
    }
}
