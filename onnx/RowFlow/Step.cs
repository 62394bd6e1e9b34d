using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow;

/// <summary>One operator on the way of the rows: what a rule sees of it.</summary>
internal sealed class Step(OnnxNode node, Flow?[] inputs, GraphScope scope)
{
    public OnnxNode Node => node;

    public GraphScope Scope => scope;

    public SizeTable Sizes => scope.Sizes;

    /// <summary>The version of the operator set that the operator belongs to.</summary>
    public long Version => scope.VersionOf(node.Operator.Domain);

    public int InputCount => inputs.Length;

    public int OutputCount => node.Outputs.Count;

    /// <summary>The inputs that are there.</summary>
    public IEnumerable<Flow> Given => inputs.OfType<Flow>();

    /// <summary>An input; null where it is left out.</summary>
    public Flow? this[int input] => input < inputs.Length ? inputs[input] : null;

    public bool Has(int input) => this[input] is not null;

    /// <summary>An input that must be there.</summary>
    public Flow Need(int input) => this[input] ?? throw new InvalidDataException($"'{Node.Operator.Name}' lacks an input");

    /// <summary>Whether every input from <paramref name="first"/> on is the same whatever the rows are.</summary>
    public bool AreConstantFrom(int first) =>
        Enumerable.Range(first, Math.Max(0, inputs.Length - first)).All(i => this[i] is null or { Rows: null });

    public OnnxAttribute? Attribute(string name) => node.Attributes.GetValueOrDefault(name);

    public bool HasAttribute(string name) => node.Attributes.ContainsKey(name);

    public long Integer(string name, long otherwise = 0) => Attribute(name)?.Integer ?? otherwise;

    public IReadOnlyList<long>? Integers(string name) => Attribute(name)?.Integers;

    public string Text(string name, string otherwise = "") => Attribute(name)?.Text ?? otherwise;

    /// <summary>The whole numbers that an input holds, where they are known.</summary>
    public long[]? Numbers(int input) => this[input]?.Content?.Numbers();

    /// <summary>The numbers of an attribute in old operator sets, of an input in newer ones; null where they are not known or not given.</summary>
    public long[]? NumbersOf(string attribute, int input) => Integers(attribute) is { } given ? [.. given] : Numbers(input);

    /// <summary>A dimension's number counted from the front; null where there is no such dimension.</summary>
    public static int? AxisOf(long axis, int rank)
    {
        if (axis < 0) axis += rank;
        return axis >= 0 && axis < rank ? (int)axis : null;
    }

    /// <summary>A size of this operator's own that nothing is known of.</summary>
    public Size NewSize(string what, bool varies = false) => Sizes.Of($"{scope.Path}{node.Outputs.FirstOrDefault()}/{what}", varies);

    public static Flow[] One(Flow flow) => [flow];

    /// <summary>The same for every output.</summary>
    public Flow[] All(Flow flow) => [.. Enumerable.Repeat(flow, Math.Max(1, OutputCount))];

    /// <summary>The outputs of an operator that mixes rows, or is not known not to.</summary>
    public Flow[] Mixes(string why) => All(Flow.Mixed(Mixing(why)));

    public RowMixing Mixing(string why) =>
        new(node.Operator.Domain.Length == 0 ? node.Operator.Name : $"{node.Operator.Domain}.{node.Operator.Name}", NodeName, why);

    private string NodeName => node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault(output => output.Length > 0) ?? "";
}
