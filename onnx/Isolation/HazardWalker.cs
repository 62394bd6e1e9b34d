using Platform.Onnx.Graphs;

namespace Platform.Onnx.Isolation;

/// <summary>Looks at one operator after the other, in graphs inside operators and in functions too, until one is a hazard.</summary>
internal sealed class HazardWalker(OnnxModel model)
{
    // Functions that use functions can make a small file grow without bound.
    private const int MaxSteps = 400_000;
    private const int MaxDepth = 64;

    /// <summary>Operators that hand their first input's values on, whatever its shape becomes.</summary>
    private static readonly HashSet<string> HandsOn = ["Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose"];

    private int _steps;
    private int _depth;
    private NativeHazard? _found;
    private NativeHazard? _trap;

    /// <summary>The first that ends the process, else the first that asks for memory; null where there is neither.</summary>
    public static NativeHazard? Find(OnnxModel model)
    {
        var walker = new HazardWalker(model);
        var scope = new FactScope(null, model.Graph.Nodes);
        scope.Set(model.Graph.Constants);
        // A constant that is an input as well is a default, in whose place a request may put anything.
        foreach (var input in model.Graph.Inputs) scope.Set(input.Name, new ValueFacts(ValueFacts.KindOf(input.ElementType), FromRequest: true));
        walker.Walk(model.Graph.Nodes, scope);
        return walker._trap ?? walker._found;
    }

    private void Walk(IReadOnlyCollection<OnnxNode> nodes, FactScope scope)
    {
        if (++_depth > MaxDepth) throw new InvalidDataException("its graphs and functions are nested too deeply");
        foreach (var node in nodes)
        {
            if (++_steps > MaxSteps) throw new InvalidDataException("it has too many operators");
            var inputs = node.Inputs.Select(scope.Find).ToArray();
            var outputs = Apply(node, inputs, scope);
            for (var i = 0; i < node.Outputs.Count; i++) scope.Set(node.Outputs[i], i < outputs.Length ? outputs[i] : ValueFacts.Unknown);
        }

        _depth--;
    }

    private ValueFacts[] Apply(OnnxNode node, ValueFacts[] inputs, FactScope scope)
    {
        Note(HazardRules.Judge(node, inputs)); // also where the file has a function of this name, which the runtime may leave alone
        var bodies = node.Attributes.Values.Select(attribute => attribute.Graph).OfType<OnnxGraph>().ToArray();
        ValueFacts[] built = bodies.Length > 0 ? WalkBodies(node, bodies, inputs, scope)
            : node.Operator.Domain.Length == 0 && node.Operator.Name == "Constant" ? [ConstantOf(node)]
            : [.. node.Outputs.Select((_, index) => OutputOf(node, index, inputs))];
        if (!model.Functions.TryGetValue(node.Operator, out var function)) return built;
        var expanded = Expand(function, node, inputs);
        return node.Operator.Domain.Length > 0 ? expanded : [.. built.Zip(expanded, (one, other) => one.Or(other))];
    }

    private void Note(NativeHazard? hazard)
    {
        _found ??= hazard;
        if (hazard is { EndsProcess: true }) _trap ??= hazard;
    }

    private static ValueFacts OutputOf(OnnxNode node, int index, ValueFacts[] inputs)
    {
        var isDefault = node.Operator.Domain.Length == 0;
        // How large a tensor is says nothing of what is in it, and is no more than what was sent.
        var fromRequest = !(isDefault && node.Operator.Name is "Shape" or "Size") && inputs.Any(input => input.FromRequest);
        var isHarmless = isDefault && index == 0 && inputs.Length > 0 && inputs[0].IsHarmlessDivisor && HandsOn.Contains(node.Operator.Name);
        return new ValueFacts(ElementKinds.Of(node, index, inputs), fromRequest, isHarmless);
    }

    private static ValueFacts ConstantOf(OnnxNode node)
    {
        if (node.Attributes.Count != 1) return ValueFacts.Unknown with { FromRequest = false };
        var attribute = node.Attributes.Values.First();
        return attribute switch
        {
            { Name: "value", Tensor: { } tensor } => ValueFacts.Of(tensor),
            { Name: "value_int" } => new ValueFacts(ElementKind.Other, false, attribute.Integer is not (0 or -1)),
            { Name: "value_ints", Truncated: false } => new ValueFacts(ElementKind.Other, false,
                attribute.Integers.Count > 0 && !attribute.Integers.Exists(value => value is 0 or -1)),
            { Name: "value_float" or "value_floats" } => new ValueFacts(ElementKind.Floating, false),
            _ => ValueFacts.Unknown with { FromRequest = false },
        };
    }

    private ValueFacts[] Expand(OnnxFunction function, OnnxNode use, ValueFacts[] inputs)
    {
        var nodes = function.Nodes.Select(node => FunctionNodes.Fill(node, use, function)).ToArray();
        var scope = new FactScope(null, nodes);
        for (var i = 0; i < function.Inputs.Count; i++)
            scope.Set(function.Inputs[i], i < inputs.Length ? inputs[i] : new ValueFacts(ElementKind.Unknown, FromRequest: false));
        Walk(nodes, scope);
        return [.. function.Outputs.Select(scope.Find)];
    }

    /// <summary>
    /// Branches and loops. A body's inputs are of the kinds of the operator's, and so are a loop's results of the body's; their values may be
    /// anything.
    /// </summary>
    private ValueFacts[] WalkBodies(OnnxNode node, OnnxGraph[] bodies, ValueFacts[] inputs, FactScope scope)
    {
        ValueFacts[]? either = null;
        foreach (var graph in bodies)
        {
            var inner = new FactScope(scope, graph.Nodes);
            inner.Set(graph.Constants);
            var before = inputs.Length - graph.Inputs.Count; // the lengths that Scan once took first
            for (var i = 0; i < graph.Inputs.Count; i++)
                inner.Set(graph.Inputs[i].Name, i + before >= 0 ? ValueFacts.Unknown with { Kind = inputs[i + before].Kind } : ValueFacts.Unknown);
            Walk(graph.Nodes, inner);
            var outputs = graph.Outputs.Select(output => inner.Find(output.Name)).ToArray();
            either = either is null ? outputs : [.. either.Zip(outputs, (one, other) => one.Or(other))];
        }

        return (node.Operator.Domain, node.Operator.Name) switch
        {
            ("", "If") => either!,
            ("", "Scan") => [.. either!.Select(output => ValueFacts.Unknown with { Kind = output.Kind })],
            ("", "Loop") => [.. either!.Skip(1).Select(output => ValueFacts.Unknown with { Kind = output.Kind })], // the first says whether it goes on
            _ => [],
        };
    }
}
